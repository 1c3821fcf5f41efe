package dev.lockstep.wire.cfsync;

import dev.lockstep.api.MutationId;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Entry;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Follower.Joined;
import dev.lockstep.wire.Frame;
import dev.lockstep.wire.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The frames of the broadcast socket (contract, section 1.5). Key order is fixed here; absent optionals are left out. */
final class CfSyncFrames {
    /** Cuts a commit into broadcasts: one for each collection, kind and scope, as the log has numbered them. */
    static final Encoder<List<Frame>> BROADCASTS = CfSyncFrames::broadcasts;

    private record Key(String collection, long number) {}

    private CfSyncFrames() {}

    static Frame init(Joined at) {
        Map<String, Long> counters = new TreeMap<>();
        at.frameNumbers().forEach((collection, number) -> counters.put(collection.value(), number));
        return new Frame(counters.entrySet().stream()
                .map(counter -> PlainJson.quote(counter.getKey()) + ":" + counter.getValue())
                .collect(Collectors.joining(",", "{\"type\":\"sync-init\",\"counters\":{", "}}")));
    }

    private static List<Frame> broadcasts(Commit commit) {
        Map<Key, List<Action>> frames = new LinkedHashMap<>();
        for (Action action : commit.actions()) {
            Key key = new Key(action.entry().collection().value(), action.number());
            frames.computeIfAbsent(key, first -> new ArrayList<>()).add(action);
        }
        return frames.values().stream().map(CfSyncFrames::broadcast).toList();
    }

    private static Frame broadcast(List<Action> actions) {
        Entry first = actions.getFirst().entry();
        boolean bulk = first.bulk() || actions.size() > 1;
        StringBuilder json = new StringBuilder(256);
        json.append("{\"type\":\"broadcast\",\"collection\":")
                .append(PlainJson.quote(first.collection().value()));
        json.append(",\"action\":\"")
                .append(bulk ? "bulk-" : "")
                .append(name(first.kind()))
                .append('"');
        json.append(",\"payload\":").append(bulk ? bulkPayload(actions) : payload(first));
        json.append(",\"broadcastId\":").append(actions.getFirst().number());
        first.mutationId()
                .map(MutationId::value)
                .ifPresent(id -> json.append(",\"clientMutationId\":").append(PlainJson.quote(id)));
        first.scope().ifPresent(scope -> json.append(",\"scope\":").append(PlainJson.quote(scope)));
        return new Frame(json.append('}').toString());
    }

    private static String name(Entry.Kind kind) {
        return switch (kind) {
            case INSERT -> "insert";
            case UPDATE -> "update";
            case DELETE -> "delete";
        };
    }

    private static String payload(Entry entry) {
        return switch (entry.kind()) {
            case INSERT, UPDATE -> entry.rowAfter().orElseThrow();
            case DELETE -> "{\"id\":" + PlainJson.quote(entry.entityId().value()) + "}";
        };
    }

    private static String bulkPayload(List<Action> actions) {
        return switch (actions.getFirst().entry().kind()) {
            case INSERT, UPDATE ->
                actions.stream()
                        .map(action -> action.entry().rowAfter().orElseThrow())
                        .collect(Collectors.joining(",", "[", "]"));
            case DELETE ->
                actions.stream()
                        .map(action -> PlainJson.quote(action.entry().entityId().value()))
                        .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
        };
    }
}
