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
import dev.lockstep.wire.cfsync.request.CfSyncMutationIds;
import dev.lockstep.wire.json.JsonObject;
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
    static final Encoder<List<Frame>> BROADCASTS = commit -> broadcasts(commit, Form.WHOLE, LogEntry::scope);

    /** The same without scopes, for clients whose lists show all scopes: every list accepts a frame without a scope. */
    static final Encoder<List<Frame>> UNSCOPED_BROADCASTS =
            commit -> broadcasts(commit, Form.WHOLE, CfSyncFrames::noScope);

    /** The broadcasts of a socket with filters: only of rows that pass, one for each kind that they have for it. */
    static final Encoder<List<Frame>> FILTERED_BROADCASTS =
            commit -> broadcasts(commit, Form.FILTERED, LogEntry::scope);

    /** The same without scopes. */
    static final Encoder<List<Frame>> UNSCOPED_FILTERED_BROADCASTS =
            commit -> broadcasts(commit, Form.FILTERED, CfSyncFrames::noScope);

    /** The ping of clients since version 0.25. */
    static final String PING = "ping";

    /** The answer to {@link #PING}. Clients of every version ignore it, because it is not JSON. */
    static final Frame PONG = new Frame("pong");

    /**
     * An application's message to the room. Published clients do not know the type: only connections that ask for messages
     * receive it.
     */
    static final Function<String, Frame> MESSAGE = json -> new Frame("{\"type\":\"message\",\"payload\":" + json + "}");

    /** @param action the kind of change where frames with one number are of several kinds; else empty */
    private record Key(String collection, long number, String action) {}

    /** The parts of a commit that frames contain. */
    private enum Form {
        WHOLE,
        FILTERED;

        /** Whether an action has no frame: of a change of rights its client receives the result. */
        private boolean omits(LogEntry.Kind kind) {
            return kind == LogEntry.Kind.RIGHTS || (this == FILTERED && kind == LogEntry.Kind.WITHHELD);
        }

        private Key key(Action action) {
            String name = this == FILTERED ? CfSyncFrames.name(action.entry().kind()) : "";
            return new Key(action.entry().collection().value(), action.number(), name);
        }
    }

    private CfSyncFrames() {}

    /** The first frame for a client without a cursor. */
    static Frame init(Joined at) {
        return new Frame(greeting(at).toString());
    }

    /** The first frame for a client with a cursor. The frames after it may be older than its counters. */
    static Frame resumed(Joined at) {
        return new Frame(greeting(at).with("seq", at.position()).toString());
    }

    /** The log does not have the client's backlog: the client reads its lists again, then continues with the next frames. */
    static Frame bootstrapNeeded(Joined at) {
        return new Frame(at(at.position(), "bootstrap-needed"));
    }

    /** The client has everything up to this position. Published clients do not know the type, and receive it only if asked for. */
    static Frame position(Seq at) {
        return new Frame(at(at, "position"), at);
    }

    private static String at(Seq position, String type) {
        return new JsonObject().with("type", type).with("seq", position).toString();
    }

    /** A purge: the client drops its rows of the collection, and reads the list again. */
    static Frame purged(CollectionName collection) {
        return new Frame(new JsonObject()
                .with("type", "purge")
                .with("collection", collection.value())
                .toString());
    }

    /** The answer to an accepted token. */
    static Frame tokenAccepted() {
        return new Frame("{\"type\":\"token-accepted\"}");
    }

    /** The answer to a refused token. */
    static Frame refused(Refusal refusal) {
        return new Frame(new JsonObject()
                .with("type", "error")
                .with("message", refusal.message())
                .toString());
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

    private static JsonObject greeting(Joined at) {
        Map<String, Long> counters = new TreeMap<>();
        at.frameNumbers().forEach((collection, number) -> counters.put(collection.value(), number));
        return init(counters);
    }

    private static JsonObject init(Map<String, Long> counters) {
        return new JsonObject().with("type", "sync-init").with("counters", counters);
    }

    /** The position that a socket with filters has reached without a frame. */
    static Frame progress(Seq position) {
        return new Frame(at(position, "progress"), position);
    }

    /**
     * Encoder of a commit for clients since version 0.25. They apply a frame without a scope to no list of a scope, so each
     * frame has the scope of its rows, even if the mutation named none. If its rows have several, {@code sync-init} takes its
     * place: the client reads its lists again.
     *
     * @param fields the field with a row's scope, for each collection that has one
     */
    static Encoder<List<Frame>> rowScopedBroadcasts(Map<CollectionName, String> fields) {
        return commit -> broadcasts(commit, Form.WHOLE, entry -> entry.scope().or(() -> scopeOfRow(entry, fields)));
    }

    private static Optional<String> scopeOfRow(LogEntry entry, Map<CollectionName, String> fields) {
        String field = fields.get(entry.collection());
        return field == null
                ? Optional.empty()
                : entry.rowAfter()
                        .or(entry::rowBefore)
                        .flatMap(row -> PlainJson.parse(row) instanceof Map<?, ?> values
                                        && values.get(field) instanceof String scope
                                ? Optional.of(scope)
                                : Optional.empty());
    }

    private static Optional<String> noScope(LogEntry entry) {
        return Optional.empty();
    }

    private static List<Frame> broadcasts(Commit commit, Form form, Function<LogEntry, Optional<String>> scopeOf) {
        Map<Key, List<Action>> frames = new LinkedHashMap<>();
        for (Action action : commit.actions()) {
            if (!form.omits(action.entry().kind())) {
                frames.computeIfAbsent(form.key(action), first -> new ArrayList<>())
                        .add(action);
            }
        }
        List<Frame> broadcasts = new ArrayList<>(frames.size());
        for (List<Action> actions : frames.values()) {
            boolean more = broadcasts.size() + 1 < frames.size();
            List<Action> visible = visible(actions);
            List<Optional<String>> scopes =
                    visible.stream().map(Action::entry).map(scopeOf).distinct().toList();
            String json = scopes.size() > 1
                    ? init(Map.of(
                                    actions.getFirst().entry().collection().value(),
                                    actions.getFirst().number()))
                            .toString()
                    : broadcast(visible, scopes.getFirst(), commit.last(), more);
            broadcasts.add(new Frame(json, more ? Seq.START : commit.last()));
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
    private static String broadcast(List<Action> actions, Optional<String> scope, Seq last, boolean more) {
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
        scope.ifPresent(label -> json.append(",\"scope\":").append(PlainJson.quote(label)));
        json.append(seq(last)).append(more ? ",\"more\":true}" : "}");
        return json.toString();
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
