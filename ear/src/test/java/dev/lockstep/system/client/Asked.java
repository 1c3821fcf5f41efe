package dev.lockstep.system.client;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An insert, or a bulk of them, with a mutation id. Each row has a title that no other row has. */
public record Asked(String path, String json, List<String> titles) {
    /** One row. */
    public static Asked single(String collection, String mark) {
        return new Asked(collection, "{\"title\":\"" + mark + "\"," + id(mark) + "}", List.of(mark));
    }

    /** Several rows, which come together or not at all. */
    public static Asked bulk(String collection, String mark, int rows) {
        List<String> titles =
                IntStream.range(0, rows).mapToObj(row -> mark + "/" + row).toList();
        String items =
                titles.stream().map(title -> "{\"title\":\"" + title + "\"}").collect(Collectors.joining(","));
        return new Asked(collection + "/bulk", "{\"items\":[" + items + "]," + id(mark) + "}", titles);
    }

    private static String id(String mark) {
        return "\"_clientMutationId\":\"" + mark + "\"";
    }

    /** Sends it, once. */
    public Answer sendTo(Api api) {
        return api.post(path, json);
    }
}
