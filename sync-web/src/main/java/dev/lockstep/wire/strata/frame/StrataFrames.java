package dev.lockstep.wire.strata.frame;

import dev.lockstep.access.Groups;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.value.IsoTimestamps;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.wire.json.PlainJson;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.strata.request.StrataRequests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Encoder of actions and socket frames (contract, sections 1.3 to 1.5), with a fixed order of keys. Thread-safe. */
public final class StrataFrames {
    /** The field that an archive action always carries. */
    private static final String ARCHIVED_AT = "archivedAt";

    /** Encoder of a page of commits: actions, and the positions at which the groups of a user changed. */
    public final PageEncoder<DeltaPart> deltaParts = this::deltaParts;

    /** Encoder of a commit for sockets: one packet, because its actions become visible together. */
    public final Encoder<List<Frame>> packets = this::packets;

    /** The log does not have the client's backlog. */
    public static final Frame BOOTSTRAP_REQUIRED = new Frame("{\"code\":\"BOOTSTRAP_REQUIRED\",\"message\":"
            + "\"A fresh bootstrap is required before subscribing to deltas\",\"type\":\"error\"}");

    /** A frame that is never sent: clients of this dialect purge by their groups. */
    public static final Frame NOTHING = new Frame("{}");

    /** An application's message to a room: a frame of its own. */
    public static final Function<String, Frame> MESSAGE = Frame::new;

    /** The model name of group actions in the contract. It is not a collection. */
    private static final String GROUPS_MODEL = "SyncGroup";

    private final Map<CollectionName, RowEncoding> encodings = new HashMap<>();

    /**
     * The encoding of a collection's rows.
     *
     * @param wholeRows whether an update carries the whole row, because clients that load rows lazily may not have it
     */
    private record RowEncoding(StrataRows rows, boolean wholeRows) {}

    /** @param models the collections of the served application */
    public StrataFrames(List<CollectionModel> models) {
        models.forEach(model -> encodings.put(
                model.name(), new RowEncoding(new StrataRows(model), model.loading() != Loading.Strategy.INSTANT)));
    }

    /** The encoder of a collection's rows. */
    public StrataRows rows(CollectionName collection) {
        return of(collection).rows();
    }

    private RowEncoding of(CollectionName collection) {
        RowEncoding known = encodings.get(collection);
        if (known == null) {
            throw new IllegalArgumentException("unknown collection " + collection);
        }
        return known;
    }

    private List<Frame> packets(Commit commit) {
        StringBuilder actions = appendActions(new StringBuilder(characters(commit)), commit);
        List<Frame> frames = new ArrayList<>(1);
        if (!actions.isEmpty()) {
            frames.add(packet(actions, commit.last()));
        }
        if (commit.has(LogEntry.Kind.RIGHTS)) {
            frames.add(Frame.rightsChanged(commit.last()));
        }
        return frames;
    }

    private static Frame packet(CharSequence actions, Seq last) {
        String json =
                "{\"packet\":{\"actions\":[" + actions + "],\"lastSyncId\":" + syncId(last) + "},\"type\":\"delta\"}";
        return new Frame(json, last);
    }

    /** The present groups of a user, as an action (contract, section 1.7). */
    public static String groups(Seq at, long stampMicros, String user, List<String> groups) {
        return "{\"action\":\"G\",\"createdAt\":\"" + appendTime(new StringBuilder(), stampMicros)
                + "\",\"data\":{\"subscribedSyncGroups\":"
                + array(groups) + "},\"groupId\":" + PlainJson.quote(user) + ",\"modelId\":" + PlainJson.quote(user)
                + ",\"modelName\":\"" + GROUPS_MODEL + "\",\"syncId\":" + syncId(at) + "}";
    }

    /** The same on a socket. */
    public static Frame groupsPacket(Seq at, long stampMicros, String user, List<String> groups) {
        return packet(groups(at, stampMicros, user, groups), at);
    }

    /** An empty packet: the client has seen everything up to this position, which confirms its own transactions before it. */
    public static Frame progress(Seq at) {
        return packet("", at);
    }

    /** The client has received its backlog of these groups. */
    public static Frame subscribed(Seq sent, List<String> groups) {
        return new Frame(
                "{\"afterSyncId\":" + syncId(sent) + ",\"groups\":" + array(groups) + ",\"type\":\"subscribed\"}");
    }

    /** An error on a socket. */
    public static Frame error(String message) {
        return new Frame("{\"message\":" + PlainJson.quote(message) + ",\"type\":\"error\"}");
    }

    private static StringBuilder appendTime(StringBuilder json, long micros) {
        IsoTimestamps.append(json, Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        return json;
    }

    // Actions without a visible row are omitted: changed rights, withheld actions, and collections that no longer
    // exist.
    private StringBuilder appendActions(StringBuilder json, Commit commit) {
        LogEntry named = commit.actions().getFirst().entry();
        for (Action action : commit.actions()) {
            LogEntry entry = action.entry();
            if (hasRow(entry.kind()) && encodings.containsKey(entry.collection())) {
                appendAction(json.isEmpty() ? json : json.append(','), action, isOfSameRow(entry, named));
            }
        }
        return json;
    }

    /** Whether an action is of the row that its transaction named. Cascaded actions come after it. */
    private static boolean isOfSameRow(LogEntry entry, LogEntry named) {
        return entry.entityId().equals(named.entityId()) && entry.collection().equals(named.collection());
    }

    /** Approximate length of the JSON of a commit. */
    private static int characters(Commit commit) {
        int characters = 0;
        for (Action action : commit.actions()) {
            characters += action.entry().characters();
        }
        return characters;
    }

    private List<DeltaPart> deltaParts(List<Commit> commits) {
        List<DeltaPart> parts = new ArrayList<>();
        StringBuilder actions = new StringBuilder(
                commits.stream().mapToInt(StrataFrames::characters).sum());
        for (Commit commit : commits) {
            if (commit.has(LogEntry.Kind.RIGHTS)) {
                addActions(parts, actions);
                Action first = commit.actions().getFirst();
                parts.add(new DeltaPart.GroupsChanged(first.seq(), first.entry().stampMicros()));
            } else {
                appendActions(actions, commit);
            }
        }
        addActions(parts, actions);
        return parts;
    }

    private static void addActions(List<DeltaPart> parts, StringBuilder actions) {
        if (!actions.isEmpty()) {
            parts.add(new DeltaPart.Actions(utf8(actions.toString())));
            actions.setLength(0);
        }
    }

    /** A part of a page of commits, in their order. */
    public sealed interface DeltaPart {
        /** JSON of actions, with commas in between. All callers share the bytes. */
        @SuppressWarnings("ArrayRecordComponent") // the array never changes, and instances are not compared
        record Actions(byte[] utf8) implements DeltaPart {}

        /** The groups of a user changed at this position. */
        record GroupsChanged(Seq at, long stampMicros) implements DeltaPart {}
    }

    private static boolean hasRow(LogEntry.Kind kind) {
        return kind != LogEntry.Kind.WITHHELD && kind != LogEntry.Kind.RIGHTS;
    }

    /**
     * Appends an action.
     *
     * @param isNamed whether its transaction named the row. Only such an action carries the transaction's id: a client treats
     *     it as applied already, and it has not applied cascaded actions
     */
    private void appendAction(StringBuilder json, Action action, boolean isNamed) {
        LogEntry entry = action.entry();
        json.append("{\"action\":\"").append(letter(entry.kind())).append('"');
        entry.mutationId().filter(id -> isNamed && isOfDialect(id)).ifPresent(id -> {
            PlainJson.quote(json.append(",\"clientId\":"), id.client().substring(StrataRequests.DIALECT.length()));
            PlainJson.quote(json.append(",\"clientTxId\":"), id.value());
        });
        appendTime(json.append(",\"createdAt\":\""), entry.stampMicros());
        appendData(json.append("\",\"data\":"), entry, of(entry.collection()));
        if (!entry.room().isShared()) {
            PlainJson.quote(json.append(",\"groupId\":"), Groups.name(entry.room()));
        }
        PlainJson.quote(json.append(",\"modelId\":"), entry.entityId().value())
                .append(",\"modelName\":\"")
                .append(entry.collection().value())
                .append("\",\"syncId\":\"")
                .append(action.seq().value())
                .append("\"}");
    }

    private static boolean isOfDialect(MutationId id) {
        return id.client().startsWith(StrataRequests.DIALECT);
    }

    private static char letter(LogEntry.Kind kind) {
        return switch (kind) {
            case INSERT -> 'I';
            case UPDATE -> 'U';
            case DELETE -> 'D';
            case ARCHIVE -> 'A';
            case UNARCHIVE -> 'V';
            case RIGHTS, EVENTS, WITHHELD -> throw new IllegalArgumentException(kind + " has no row");
        };
    }

    private static void appendData(StringBuilder json, LogEntry entry, RowEncoding encoding) {
        switch (entry.kind()) {
            case INSERT -> encoding.rows().appendData(json, entry.rowAfter().orElseThrow());
            case UPDATE -> appendChanges(json, entry, encoding, Set.of());
            case ARCHIVE, UNARCHIVE -> appendChanges(json, entry, encoding, Set.of(ARCHIVED_AT));
            case DELETE ->
                entry.rowBefore()
                        .ifPresentOrElse(row -> encoding.rows().appendData(json, row), () -> json.append("{}"));
            case RIGHTS, EVENTS, WITHHELD -> throw new IllegalArgumentException(entry.kind() + " has no row");
        }
    }

    private static void appendChanges(StringBuilder json, LogEntry entry, RowEncoding encoding, Set<String> more) {
        String row = entry.rowAfter().orElseThrow();
        if (encoding.wholeRows()) {
            encoding.rows().appendData(json, row);
            return;
        }
        Set<String> names = new HashSet<>(entry.changedFields());
        names.addAll(more);
        encoding.rows().appendData(json, row, names);
    }

    static String syncId(Seq seq) {
        return "\"" + seq + "\"";
    }

    static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    static String array(List<String> texts) {
        return texts.stream().map(PlainJson::quote).collect(Collectors.joining(",", "[", "]"));
    }
}
