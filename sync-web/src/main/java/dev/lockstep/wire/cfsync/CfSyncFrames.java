package dev.lockstep.wire.cfsync;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber.Joined;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.socket.Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Frames of the broadcast socket (contract, section 1.5), with a fixed order of keys. Absent optionals are omitted. */
final class CfSyncFrames {
    /** Encoder of a commit as broadcasts: one for each collection, kind and scope, as numbered in the log. */
    static final Encoder<List<Frame>> BROADCASTS = commit -> broadcasts(commit, true);

    /** The same without scopes, for clients whose lists show all scopes: every list accepts a frame without a scope. */
    static final Encoder<List<Frame>> UNSCOPED_BROADCASTS = commit -> broadcasts(commit, false);

    /** The ping of clients since version 0.25. */
    static final String PING = "ping";

    /** The answer to {@link #PING}. Clients of every version ignore it, because it is not JSON. */
    static final Frame PONG = new Frame("pong");

    /**
     * An application's message to the room. Published clients do not know the type: only connections that ask for messages
     * receive it.
     */
    static final Function<String, Frame> MESSAGE = json -> new Frame("{\"type\":\"message\",\"payload\":" + json + "}");

    private record Key(String collection, long number) {}

    private CfSyncFrames() {}

    /** The first frame for a client without a cursor. */
    static Frame init(Joined at) {
        return new Frame(init(at, ""));
    }

    /** The first frame for a client with a cursor. The frames after it may be older than its counters. */
    static Frame resumed(Joined at) {
        return new Frame(init(at, seq(at.position())));
    }

    /** The log does not have the client's backlog: the client reads its lists again, then continues with the next frames. */
    static Frame bootstrapNeeded(Joined at) {
        return new Frame("{\"type\":\"bootstrap-needed\"" + seq(at.position()) + "}");
    }

    /** A purge: the client drops its rows of the collection, and reads the list again. */
    static Frame purged(CollectionName collection) {
        return new Frame("{\"type\":\"purge\",\"collection\":" + PlainJson.quote(collection.value()) + "}");
    }

    /** The answer to an accepted token. */
    static Frame tokenAccepted() {
        return new Frame("{\"type\":\"token-accepted\"}");
    }

    /** The answer to a refused token. */
    static Frame refused(Refusal refusal) {
        return new Frame("{\"type\":\"error\",\"message\":" + PlainJson.quote(refusal.message()) + "}");
    }

    /** The token of a client's token frame; empty for every other frame. */
    static Optional<String> token(String text) {
        try {
            return PlainJson.parse(text) instanceof Map<?, ?> frame
                            && "token".equals(frame.get("type"))
                            && frame.get("token") instanceof String token
                    ? Optional.of(token)
                    : Optional.empty();
        } catch (SyncException noJson) {
            return Optional.empty();
        }
    }

    private static String seq(Seq position) {
        return ",\"seq\":" + position;
    }

    private static String init(Joined at, String more) {
        Map<String, Long> counters = new TreeMap<>();
        at.frameNumbers().forEach((collection, number) -> counters.put(collection.value(), number));
        return counters.entrySet().stream()
                .map(counter -> PlainJson.quote(counter.getKey()) + ":" + counter.getValue())
                .collect(Collectors.joining(",", "{\"type\":\"sync-init\",\"counters\":{", "}" + more + "}"));
    }

    private static List<Frame> broadcasts(Commit commit, boolean scoped) {
        Map<Key, List<Action>> frames = new LinkedHashMap<>();
        for (Action action : commit.actions()) {
            if (action.entry().kind() == LogEntry.Kind.RIGHTS) {
                continue; // the subscription is evaluated again, and its client receives the result
            }
            Key key = new Key(action.entry().collection().value(), action.number());
            frames.computeIfAbsent(key, first -> new ArrayList<>()).add(action);
        }
        List<Frame> broadcasts = new ArrayList<>(frames.size());
        for (List<Action> actions : frames.values()) {
            broadcasts.add(broadcast(visible(actions), scoped, commit.last(), broadcasts.size() + 1 < frames.size()));
        }
        return broadcasts;
    }

    /** The visible actions of a frame; if there are none, one action that carries the frame number. */
    private static List<Action> visible(List<Action> actions) {
        List<Action> visible = actions.stream()
                .filter(action -> action.entry().kind() != LogEntry.Kind.WITHHELD)
                .toList();
        return visible.isEmpty() ? actions.subList(0, 1) : visible;
    }

    // A client's cursor may advance only with the last frame of a commit, so the others carry "more".
    private static Frame broadcast(List<Action> actions, boolean scoped, Seq last, boolean more) {
        LogEntry first = actions.getFirst().entry();
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
                .filter(CfSyncMutationIds::isOfDialect)
                .map(MutationId::value)
                .ifPresent(id -> json.append(",\"clientMutationId\":").append(PlainJson.quote(id)));
        first.scope()
                .filter(scope -> scoped)
                .ifPresent(scope -> json.append(",\"scope\":").append(PlainJson.quote(scope)));
        json.append(seq(last)).append(more ? ",\"more\":true}" : "}");
        return new Frame(json.toString());
    }

    private static String name(LogEntry.Kind kind) {
        return switch (kind) {
            case INSERT -> "insert";
            case UPDATE, ARCHIVE, UNARCHIVE -> "update";
            case DELETE -> "delete";
            case RIGHTS, EVENTS, WITHHELD -> "update"; // of no row: the frame carries only its number
        };
    }

    private static String payload(LogEntry entry) {
        return switch (entry.kind()) {
            case INSERT, UPDATE, ARCHIVE, UNARCHIVE -> entry.rowAfter().orElseThrow();
            case RIGHTS, EVENTS, WITHHELD -> "[]";
            case DELETE -> "{\"id\":" + PlainJson.quote(entry.entityId().value()) + "}";
        };
    }

    private static String bulkPayload(List<Action> actions) {
        return switch (actions.getFirst().entry().kind()) {
            case INSERT, UPDATE, ARCHIVE, UNARCHIVE ->
                actions.stream()
                        .map(action -> action.entry().rowAfter().orElseThrow())
                        .collect(Collectors.joining(",", "[", "]"));
            case RIGHTS, EVENTS, WITHHELD -> "[]";
            case DELETE ->
                actions.stream()
                        .map(action -> PlainJson.quote(action.entry().entityId().value()))
                        .collect(Collectors.joining(",", "{\"ids\":[", "]}"));
        };
    }
}
