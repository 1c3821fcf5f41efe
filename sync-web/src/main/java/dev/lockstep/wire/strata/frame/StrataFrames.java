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
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Actions, packets and answers of the contract, sections 1.1 to 1.5. Key order is fixed here. */
public final class StrataFrames {
    /** The field that clients archive by, whatever else an archived row has. */
    private static final String ARCHIVED_AT = "archivedAt";

    /** The actions of a page of commits, and the places at which the groups of a user have changed. */
    public final PageEncoder<Told> told = this::told;

    /** What a socket is sent of a commit: one packet, for its actions are seen together or not at all. */
    public final Encoder<List<Frame>> packets = this::packets;

    /** The log cannot tell what the client missed. */
    public static final Frame BOOTSTRAP_REQUIRED = new Frame("{\"code\":\"BOOTSTRAP_REQUIRED\",\"message\":"
            + "\"A fresh bootstrap is required before subscribing to deltas\",\"type\":\"error\"}");

    /** What is never sent: this dialect has its clients purge by their groups. */
    public static final Frame NOTHING = new Frame("{}");

    /** An application's message to a room: a frame of its own. */
    public static final Function<String, Frame> MESSAGE = Frame::new;

    /** The model that the original names where it tells of groups; it is no collection. */
    private static final String GROUPS_MODEL = "SyncGroup";

    private final Map<CollectionName, Shown> visible = new HashMap<>();

    /**
     * How a collection's rows are shown.
     *
     * @param wholeRows whether an update shows the whole row: clients that load rows late may not have it yet
     */
    private record Shown(StrataRows rows, boolean wholeRows) {}

    /** @param models the collections of the served application */
    public StrataFrames(List<CollectionModel> models) {
        models.forEach(model -> visible.put(
                model.name(), new Shown(new StrataRows(model), model.loading() != Loading.Strategy.INSTANT)));
    }

    /** The rows of a collection that there is. */
    public StrataRows rows(CollectionName collection) {
        return of(collection).rows();
    }

    private Shown of(CollectionName collection) {
        Shown known = visible.get(collection);
        if (known == null) {
            throw new IllegalArgumentException("no collection " + collection);
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

    /** Which groups somebody is in now, as an action (contract, section 1.7). */
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

    /** There is nothing more to see up to this place: a client that waits for a change of its own there has it done. */
    public static Frame progress(Seq at) {
        return packet("", at);
    }

    /** The client has got what it missed of these groups. */
    public static Frame subscribed(Seq sent, List<String> groups) {
        return new Frame(
                "{\"afterSyncId\":" + syncId(sent) + ",\"groups\":" + array(groups) + ",\"type\":\"subscribed\"}");
    }

    /** What is wrong, on a socket. */
    public static Frame error(String message) {
        return new Frame("{\"message\":" + PlainJson.quote(message) + ",\"type\":\"error\"}");
    }

    private static StringBuilder appendTime(StringBuilder json, long micros) {
        IsoTimestamps.append(json, Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
        return json;
    }

    // What is of no collection is not told as a row: rights that change, what somebody may not see, what is no more.
    private StringBuilder appendActions(StringBuilder json, Commit commit) {
        LogEntry named = commit.actions().getFirst().entry();
        for (Action action : commit.actions()) {
            LogEntry entry = action.entry();
            if (isTold(entry.kind()) && visible.containsKey(entry.collection())) {
                appendAction(json.isEmpty() ? json : json.append(','), action, isOfSameRow(entry, named));
            }
        }
        return json;
    }

    /** A transaction of this dialect names one row; what goes with that comes after it. */
    private static boolean isOfSameRow(LogEntry entry, LogEntry named) {
        return entry.entityId().equals(named.entityId()) && entry.collection().equals(named.collection());
    }

    /** How long the JSON of a commit is, about. */
    private static int characters(Commit commit) {
        int characters = 0;
        for (Action action : commit.actions()) {
            characters += action.entry().characters();
        }
        return characters;
    }

    private List<Told> told(List<Commit> commits) {
        List<Told> told = new ArrayList<>();
        StringBuilder actions = new StringBuilder(
                commits.stream().mapToInt(StrataFrames::characters).sum());
        for (Commit commit : commits) {
            if (commit.has(LogEntry.Kind.RIGHTS)) {
                addActions(told, actions);
                Action first = commit.actions().getFirst();
                told.add(new Told.GroupsChanged(first.seq(), first.entry().stampMicros()));
            } else {
                appendActions(actions, commit);
            }
        }
        addActions(told, actions);
        return told;
    }

    private static void addActions(List<Told> told, StringBuilder actions) {
        if (!actions.isEmpty()) {
            told.add(new Told.Actions(utf8(actions.toString())));
            actions.setLength(0);
        }
    }

    /** What is told of a page of commits, in their order. */
    public sealed interface Told {
        /** Actions as JSON, with commas between them: the bytes that all are sent who are told of them. */
        @SuppressWarnings("ArrayRecordComponent") // nobody changes the array, and nobody compares two of these
        record Actions(byte[] utf8) implements Told {}

        /** Somebody's groups have changed; at this place of the log. */
        record GroupsChanged(Seq at, long stampMicros) implements Told {}
    }

    private static boolean isTold(LogEntry.Kind kind) {
        return kind != LogEntry.Kind.WITHHELD && kind != LogEntry.Kind.RIGHTS;
    }

    /**
     * Appends an action.
     *
     * @param isNamed whether its transaction named the row: its client has not done the others yet, and takes an action of
     *     its own transaction for done
     */
    private void appendAction(StringBuilder json, Action action, boolean isNamed) {
        LogEntry entry = action.entry();
        json.append("{\"action\":\"").append(letter(entry.kind())).append('"');
        entry.mutationId().filter(id -> isNamed && isOurs(id)).ifPresent(id -> {
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

    private static boolean isOurs(MutationId id) {
        return id.client().startsWith(StrataRequests.DIALECT);
    }

    private static char letter(LogEntry.Kind kind) {
        return switch (kind) {
            case INSERT -> 'I';
            case UPDATE -> 'U';
            case DELETE -> 'D';
            case ARCHIVE -> 'A';
            case UNARCHIVE -> 'V';
            case RIGHTS, WITHHELD -> throw new IllegalArgumentException(kind + " is no row's");
        };
    }

    private static void appendData(StringBuilder json, LogEntry entry, Shown shown) {
        switch (entry.kind()) {
            case INSERT -> shown.rows().appendData(json, entry.rowAfter().orElseThrow());
            case UPDATE -> appendChanges(json, entry, shown, Set.of());
            case ARCHIVE, UNARCHIVE -> appendChanges(json, entry, shown, Set.of(ARCHIVED_AT));
            case DELETE ->
                entry.rowBefore().ifPresentOrElse(row -> shown.rows().appendData(json, row), () -> json.append("{}"));
            case RIGHTS, WITHHELD -> throw new IllegalArgumentException(entry.kind() + " is no row's");
        }
    }

    private static void appendChanges(StringBuilder json, LogEntry entry, Shown shown, Set<String> besides) {
        String row = entry.rowAfter().orElseThrow();
        if (shown.wholeRows()) {
            shown.rows().appendData(json, row);
            return;
        }
        Set<String> names = new HashSet<>(entry.changedFields());
        names.addAll(besides);
        shown.rows().appendData(json, row, names);
    }

    private static String syncId(Seq seq) {
        return "\"" + seq + "\"";
    }

    /**
     * A page of deltas.
     *
     * @param actions as JSON, one or some with commas between them in each part
     * @param last the place that the client goes on from
     * @return its parts, with the actions' own bytes among them: there may be megabytes of them, for many at once
     */
    public static List<byte[]> deltas(List<byte[]> actions, boolean more, BigInteger last) {
        List<byte[]> parts = new ArrayList<>(2 * actions.size() + 2);
        String before = "{\"actions\":[";
        for (byte[] some : actions) {
            parts.add(utf8(before));
            parts.add(some);
            before = ",";
        }
        String begun = actions.isEmpty() ? before : "";
        parts.add(utf8(begun + "],\"hasMore\":" + more + ",\"lastSyncId\":\"" + last + "\"}"));
        return parts;
    }

    private static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** The first line of a bootstrap. */
    public static String metadata(Seq position, Map<String, Integer> counts, String schemaHash, List<String> groups) {
        return "{\"lastSyncId\":" + syncId(position) + ",\"returnedModelsCount\":"
                + counts.entrySet().stream()
                        .map(count -> PlainJson.quote(count.getKey()) + ":" + count.getValue())
                        .collect(Collectors.joining(",", "{", "}"))
                + ",\"schemaHash\":" + PlainJson.quote(schemaHash) + ",\"subscribedSyncGroups\":"
                + groups.stream().map(PlainJson::quote).collect(Collectors.joining(",", "[", "]"))
                + "}\n";
    }

    /** The last line of a bootstrap that is whole. */
    public static String end(int rows) {
        return "{\"type\":\"end\",\"rowCount\":" + rows + "}\n";
    }

    /** A line in the middle of a stream that tells what is wrong. */
    public static String errorLine(String message) {
        return "{\"message\":" + PlainJson.quote(message) + ",\"type\":\"error\"}\n";
    }

    /**
     * What became of a transaction.
     *
     * @param syncId its place in the log; empty if it was not done
     * @param warnings what went wrong after it was done
     * @param error why it was not done
     */
    public record Outcome(String clientTxId, Optional<Seq> syncId, List<String> warnings, String error) {
        public static Outcome done(String clientTxId, Seq syncId, List<String> warnings) {
            return new Outcome(clientTxId, Optional.of(syncId), warnings, "");
        }

        public static Outcome failed(String clientTxId, String error) {
            return new Outcome(clientTxId, Optional.empty(), List.of(), error);
        }

        private String json() {
            String id = "{\"clientTxId\":" + PlainJson.quote(clientTxId);
            return syncId.map(seq -> id + ",\"success\":true,\"syncId\":" + StrataFrames.syncId(seq)
                            + (warnings.isEmpty() ? "" : ",\"warnings\":" + array(warnings)) + "}")
                    .orElseGet(() -> id + ",\"error\":" + PlainJson.quote(error) + ",\"success\":false}");
        }
    }

    private static String array(List<String> texts) {
        return texts.stream().map(PlainJson::quote).collect(Collectors.joining(",", "[", "]"));
    }

    /** The answer to a batch, in its order. */
    public static String mutated(List<Outcome> outcomes) {
        Seq last = outcomes.stream()
                .flatMap(outcome -> outcome.syncId().stream())
                .max(Seq::compareTo)
                .orElse(Seq.START);
        boolean all = outcomes.stream().allMatch(outcome -> outcome.syncId().isPresent());
        return "{\"lastSyncId\":" + syncId(last) + ",\"results\":"
                + outcomes.stream().map(Outcome::json).collect(Collectors.joining(",", "[", "]"))
                + ",\"success\":" + all + "}";
    }
}
