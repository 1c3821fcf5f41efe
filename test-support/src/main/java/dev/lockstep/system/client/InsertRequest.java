package dev.lockstep.system.client;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An insert of one row or a bulk, with a mutation id. No other row has the title of one of its rows. */
public record InsertRequest(String path, String json, List<String> titles) {
    private static final Duration RETRIED_MAX = Duration.ofMinutes(1);

    /** One row. */
    public static InsertRequest single(String collection, String mark) {
        return new InsertRequest(collection, "{\"title\":\"" + mark + "\"," + id(mark) + "}", List.of(mark));
    }

    /** Several rows, which are stored together or not at all. */
    public static InsertRequest bulk(String collection, String mark, int rows) {
        List<String> titles =
                IntStream.range(0, rows).mapToObj(row -> mark + "/" + row).toList();
        String items =
                titles.stream().map(title -> "{\"title\":\"" + title + "\"}").collect(Collectors.joining(","));
        return new InsertRequest(collection + "/bulk", "{\"items\":[" + items + "]," + id(mark) + "}", titles);
    }

    private static String id(String mark) {
        return "\"_clientMutationId\":\"" + mark + "\"";
    }

    /** Sends it once. */
    public Answer sendTo(Api api) {
        return api.post(path, json);
    }

    /** Sends it until it succeeds. Any answer but a retryable refusal fails the test, and so does a minute of those. */
    public Answer untilDone(Api api) {
        long end = System.nanoTime() + RETRIED_MAX.toNanos();
        Answer answer = sendTo(api);
        while (answer.status() == 503 && System.nanoTime() < end) {
            answer = sendTo(api);
        }
        if (answer.status() != 200) {
            throw new AssertionError("not done: " + answer);
        }
        return answer;
    }
}
