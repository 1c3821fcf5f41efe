package dev.lockstep.wire.livestore.rpc;

import dev.lockstep.wire.json.PlainJson;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writer of chunks (contract, section 1.3). Stateless. */
public final class ChunkWriter {
    /** Most events of one pull response, as in the original server. */
    public static final int EVENTS_MAX = 100;

    /** Most characters of the events of one pull response, unless it has only one. */
    public static final int CHARACTERS_MAX = 900_000;

    /** Times of the contract: UTC, in milliseconds. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ChunkWriter() {}

    /**
     * An event of a response.
     *
     * @param json the event as it is stored
     * @param stampMicros when it was appended, in microseconds since 1970
     */
    public record ChunkEvent(String json, long stampMicros) {}

    /** The parts of a list that fit one response each. One empty part, if there are no events. */
    public static List<List<ChunkEvent>> parts(List<ChunkEvent> events) {
        List<List<ChunkEvent>> parts = new ArrayList<>();
        List<ChunkEvent> part = new ArrayList<>();
        int characters = 0;
        for (ChunkEvent event : events) {
            int more = event.json().length();
            if (!part.isEmpty() && (part.size() == EVENTS_MAX || characters + more > CHARACTERS_MAX)) {
                parts.add(part);
                part = new ArrayList<>();
                characters = 0;
            }
            part.add(event);
            characters += more;
        }
        parts.add(part);
        return parts;
    }

    /** The events of a response as a JSON array. */
    public static String batch(List<ChunkEvent> events) {
        StringBuilder json = new StringBuilder(
                events.stream().mapToInt(each -> each.json().length() + 160).sum() + 2);
        json.append('[');
        String time = "";
        long timeMicros = -1;
        for (ChunkEvent event : events) {
            if (event.stampMicros() != timeMicros) { // mostly once: the events of a push have one time
                timeMicros = event.stampMicros();
                time = TIME.format(Instant.EPOCH.plus(timeMicros, ChronoUnit.MICROS));
            }
            json.append(json.length() > 1 ? "," : "")
                    .append("{\"eventEncoded\":")
                    .append(event.json())
                    .append(",\"metadata\":{\"_tag\":\"Some\",\"value\":{\"_tag\":\"SyncMessage.SyncMetadata\","
                            + "\"createdAt\":\"")
                    .append(time)
                    .append("\"}}}");
        }
        return json.append(']').toString();
    }

    /** The text of a chunk before its batch. */
    public static String before(String requestId) {
        return "{\"_tag\":\"Chunk\",\"requestId\":\"" + requestId + "\",\"values\":[{\"batch\":";
    }

    /** The text of a live chunk after its batch. */
    public static String after(String backendId) {
        return afterBatch(backendId, 0) + "]}";
    }

    /**
     * A chunk with a part of the backlog.
     *
     * @param remaining how many events follow
     */
    public static String chunk(String requestId, String backendId, List<ChunkEvent> events, long remaining) {
        return before(requestId) + batch(events) + afterBatch(backendId, remaining) + "]}";
    }

    private static String afterBatch(String backendId, long remaining) {
        String pageInfo =
                remaining == 0 ? "{\"_tag\":\"NoMore\"}" : "{\"_tag\":\"MoreKnown\",\"remaining\":" + remaining + "}";
        return ",\"pageInfo\":" + pageInfo + ",\"backendId\":" + PlainJson.quote(backendId) + "}";
    }
}
