package dev.lockstep.wire.strata.frame;

import dev.lockstep.api.Seq;
import dev.lockstep.wire.json.PlainJson;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** JSON of answers and stream lines over HTTP (contract, sections 1.1 to 1.4), with a fixed order of keys. */
public final class StrataAnswers {
    private StrataAnswers() {}

    /**
     * A page of deltas.
     *
     * @param actions JSON of actions; each element has one, or several with commas in between
     * @param last the position from which the client continues
     * @return parts of the page. The bytes of the actions are not copied: there may be megabytes, for many callers at once
     */
    public static List<byte[]> deltas(List<byte[]> actions, boolean more, BigInteger last) {
        List<byte[]> parts = new ArrayList<>(2 * actions.size() + 2);
        String before = "{\"actions\":[";
        for (byte[] each : actions) {
            parts.add(StrataFrames.utf8(before));
            parts.add(each);
            before = ",";
        }
        String start = actions.isEmpty() ? before : "";
        parts.add(StrataFrames.utf8(start + "],\"hasMore\":" + more + ",\"lastSyncId\":\"" + last + "\"}"));
        return parts;
    }

    /** The first line of a bootstrap. */
    public static String metadata(Seq position, Map<String, Integer> counts, String schemaHash, List<String> groups) {
        return "{\"lastSyncId\":" + StrataFrames.syncId(position) + ",\"returnedModelsCount\":"
                + counts.entrySet().stream()
                        .map(count -> PlainJson.quote(count.getKey()) + ":" + count.getValue())
                        .collect(Collectors.joining(",", "{", "}"))
                + ",\"schemaHash\":" + PlainJson.quote(schemaHash) + ",\"subscribedSyncGroups\":"
                + groups.stream().map(PlainJson::quote).collect(Collectors.joining(",", "[", "]"))
                + "}\n";
    }

    /** The last line of a complete bootstrap. */
    public static String end(int rows) {
        return "{\"type\":\"end\",\"rowCount\":" + rows + "}\n";
    }

    /** A line that ends a stream with an error. */
    public static String errorLine(String message) {
        return "{\"message\":" + PlainJson.quote(message) + ",\"type\":\"error\"}\n";
    }

    /**
     * The result of a transaction.
     *
     * @param syncId its position in the log; empty if it was refused
     * @param warnings failures after its commit
     * @param error why it was refused
     */
    public record Outcome(String clientTxId, Optional<Seq> syncId, List<String> warnings, String error) {
        public static Outcome applied(String clientTxId, Seq syncId, List<String> warnings) {
            return new Outcome(clientTxId, Optional.of(syncId), warnings, "");
        }

        public static Outcome failed(String clientTxId, String error) {
            return new Outcome(clientTxId, Optional.empty(), List.of(), error);
        }

        private String json() {
            String id = "{\"clientTxId\":" + PlainJson.quote(clientTxId);
            return syncId.map(seq -> id + ",\"success\":true,\"syncId\":" + StrataFrames.syncId(seq)
                            + (warnings.isEmpty() ? "" : ",\"warnings\":" + StrataFrames.array(warnings)) + "}")
                    .orElseGet(() -> id + ",\"error\":" + PlainJson.quote(error) + ",\"success\":false}");
        }
    }

    /** The answer to {@code mutate}, in the order of its transactions. */
    public static String mutated(List<Outcome> outcomes) {
        Seq last = outcomes.stream()
                .flatMap(outcome -> outcome.syncId().stream())
                .max(Seq::compareTo)
                .orElse(Seq.START);
        boolean all = outcomes.stream().allMatch(outcome -> outcome.syncId().isPresent());
        return "{\"lastSyncId\":" + StrataFrames.syncId(last) + ",\"results\":"
                + outcomes.stream().map(Outcome::json).collect(Collectors.joining(",", "[", "]"))
                + ",\"success\":" + all + "}";
    }
}
