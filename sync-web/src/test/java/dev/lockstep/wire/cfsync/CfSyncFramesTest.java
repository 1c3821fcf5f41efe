package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.FeedFixture;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.wire.cfsync.request.CfSyncMutationIds;
import dev.lockstep.wire.socket.Frame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames, compared with captures of the original worker: raw-todo-app, raw-bulk-todo, raw-scoped-todos-app. */
class CfSyncFramesTest {
    private static final String TODO_A = "{\"id\":\"6134c5cb-c4e0-4479-be64-3b4173966c28\",\"title\":\"A\","
            + "\"completed\":false,\"createdAt\":\"2026-11-21T01:52:57.497Z\",\"updatedAt\":\"2026-11-21T01:52:57.497Z\"}";
    private static final String TODO_B = "{\"id\":\"b41d1eee-60d4-4042-a4b1-a787576dd20f\",\"title\":\"B\","
            + "\"completed\":false,\"createdAt\":\"2026-11-21T01:52:57.568Z\",\"updatedAt\":\"2026-11-21T01:52:57.568Z\"}";

    private static final RoomId DEFAULT = new RoomId("todo-app", "default");

    /** Builder of an action of the collection "todos". */
    private record Making(
            LogEntry.Kind kind,
            String row,
            boolean bulk,
            @Nullable String mutation,
            @Nullable String scope) {
        static Making of(LogEntry.Kind kind, String row) {
            return new Making(kind, row, false, null, null);
        }

        Making bulked() {
            return new Making(kind, row, true, mutation, scope);
        }

        Making by(String id) {
            return new Making(kind, row, bulk, id, scope);
        }

        Making scoped(String label) {
            return new Making(kind, row, bulk, mutation, label);
        }

        Action at(long seq, long number) {
            boolean deleted = kind == LogEntry.Kind.DELETE;
            LogEntry entry = new LogEntry(
                    DEFAULT,
                    new CollectionName("todos"),
                    new EntityId(row.substring(7, 43)),
                    new LogEntry.RowChange(
                            kind,
                            deleted ? Optional.empty() : Optional.of(row),
                            deleted ? Optional.of(row) : Optional.empty()),
                    bulk,
                    1,
                    Optional.ofNullable(scope),
                    new LogEntry.Origin(
                            Optional.empty(),
                            Optional.ofNullable(mutation).map(id -> CfSyncMutationIds.of(DEFAULT, id))));
            return new Action(new Seq(seq), number, entry);
        }
    }

    private static List<String> frames(Action... actions) {
        return CfSyncFrames.BROADCASTS.encode(new Commit(List.of(actions))).stream()
                .map(Frame::text)
                .toList();
    }

    private static Action hidden(Action action) {
        return new Action(action.seq(), action.number(), action.entry().withheld());
    }

    @Test
    @Tag("CFS19")
    @DisplayName("[CFS19] a partly filtered bulk contains its visible rows; a fully filtered frame only its number")
    void filtered() {
        Action one = Making.of(LogEntry.Kind.INSERT, TODO_A)
                .bulked()
                .by("m")
                .scoped("s")
                .at(1, 7);
        Action two = Making.of(LogEntry.Kind.INSERT, TODO_B)
                .bulked()
                .by("m")
                .scoped("s")
                .at(2, 7);
        assertThat(frames(hidden(one), two))
                .containsExactly(
                        "{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"bulk-insert\",\"payload\":["
                                + TODO_B
                                + "],\"broadcastId\":7,\"clientMutationId\":\"m\",\"scope\":\"s\",\"seq\":2}");
        assertThat(frames(hidden(one), hidden(two)))
                .containsExactly("{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"bulk-update\","
                        + "\"payload\":[],\"broadcastId\":7,\"seq\":2}");
    }

    @Test
    @Tag("LST13")
    @DisplayName("[LST13] a socket with filters has frames of rows that pass only, one for each kind within a bulk")
    void ofFilters() {
        Action stays = Making.of(LogEntry.Kind.UPDATE, TODO_A).bulked().at(1, 7);
        Action enters = Making.of(LogEntry.Kind.INSERT, TODO_B).bulked().at(2, 7);
        Action leaves = Making.of(LogEntry.Kind.DELETE, TODO_A).bulked().at(3, 7);
        Action outside = hidden(Making.of(LogEntry.Kind.UPDATE, TODO_B).bulked().at(4, 7));
        String start = "{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"bulk-";
        List<Frame> frames =
                CfSyncFrames.FILTERED_BROADCASTS.encode(new Commit(List.of(stays, enters, leaves, outside)));

        assertThat(frames.stream().map(Frame::text))
                .containsExactly(
                        start + "update\",\"payload\":[" + TODO_A + "],\"broadcastId\":7,\"seq\":4,\"more\":true}",
                        start + "insert\",\"payload\":[" + TODO_B + "],\"broadcastId\":7,\"seq\":4,\"more\":true}",
                        start + "delete\",\"payload\":{\"ids\":[\"" + TODO_A.substring(7, 43)
                                + "\"]},\"broadcastId\":7,\"seq\":4}");
        assertThat(frames.stream().map(Frame::position)).containsExactly(Seq.START, Seq.START, new Seq(4));
        assertThat(CfSyncFrames.FILTERED_BROADCASTS.encode(new Commit(List.of(outside))))
                .isEmpty();
        assertThat(CfSyncFrames.progress(new Seq(9)).text()).isEqualTo("{\"type\":\"progress\",\"seq\":9}");
    }

    @Test
    @Tag("CFS21")
    @DisplayName("[CFS21] without scopes, a commit has the same frames with the same numbers, and no scope")
    void unscoped() {
        Action[] actions = {
            Making.of(LogEntry.Kind.DELETE, TODO_A).scoped("s1").by("cm").at(1, 1),
            Making.of(LogEntry.Kind.INSERT, TODO_B).scoped("s2").by("cm").at(2, 2)
        };

        assertThat(CfSyncFrames.UNSCOPED_BROADCASTS.encode(new Commit(List.of(actions))).stream()
                        .map(Frame::text))
                .containsExactlyElementsOf(frames(actions).stream()
                        .map(text -> text.replaceAll(",\"scope\":\"s[12]\"", ""))
                        .toList())
                .noneMatch(text -> text.contains("scope"));
    }

    private static List<String> rowScoped(Action... actions) {
        Encoder<List<Frame>> encoder = CfSyncFrames.rowScopedBroadcasts(Map.of(new CollectionName("todos"), "title"));
        return encoder.encode(new Commit(List.of(actions))).stream()
                .map(Frame::text)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"UPDATE", "DELETE"})
    @Tag("CFS33")
    @DisplayName("[CFS33] for clients since 0.25 a frame carries its row's scope, also if the mutation named none")
    void rowScoped(LogEntry.Kind kind) {
        Making made = Making.of(kind, TODO_A);
        assertThat(rowScoped(made.at(1, 1))).isEqualTo(frames(made.scoped("A").at(1, 1)));
        assertThat(rowScoped(made.bulked().at(1, 1), made.bulked().at(2, 1)))
                .isEqualTo(frames(
                        made.bulked().scoped("A").at(1, 1),
                        made.bulked().scoped("A").at(2, 1)));
        assertThat(rowScoped(made.scoped("named").at(1, 1)))
                .isEqualTo(frames(made.scoped("named").at(1, 1)));
    }

    @Test
    @Tag("CFS33")
    @DisplayName("[CFS33] a frame whose rows have several scopes has clients since 0.25 read their lists again")
    void severalScopes() {
        Action one = Making.of(LogEntry.Kind.UPDATE, TODO_A).bulked().at(1, 7);
        Action other = Making.of(LogEntry.Kind.UPDATE, TODO_B).bulked().at(2, 7);

        assertThat(rowScoped(one, other)).containsExactly("{\"type\":\"sync-init\",\"counters\":{\"todos\":7}}");
        assertThat(rowScoped(hidden(one), other))
                .isEqualTo(frames(
                        hidden(one),
                        Making.of(LogEntry.Kind.UPDATE, TODO_B)
                                .bulked()
                                .scoped("B")
                                .at(2, 7)));
    }

    @Test
    @Tag("CFS33")
    @DisplayName("[CFS33] frames of a collection without scopes are the same for all clients")
    void withoutScopes() {
        Action update = Making.of(LogEntry.Kind.UPDATE, TODO_A).at(1, 1);
        assertThat(CfSyncFrames.rowScopedBroadcasts(Map.of(new CollectionName("notes"), "title"))
                        .encode(new Commit(List.of(update)))
                        .getFirst()
                        .text())
                .isEqualTo(frames(update).getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"strata:client-7", "default", "cfsynced:default", "an-application"})
    @Tag("CFS7")
    @DisplayName("[CFS7] an id that no client of this dialect has given is not sent")
    void othersIds(String client) {
        LogEntry entry = Making.of(LogEntry.Kind.INSERT, TODO_A).at(1, 1).entry();
        LogEntry another = new LogEntry(
                entry.room(),
                entry.collection(),
                entry.entityId(),
                entry.change(),
                entry.bulk(),
                entry.stampMicros(),
                entry.scope(),
                new LogEntry.Origin(entry.caller(), Optional.of(new MutationId(client, "tx-1"))));

        assertThat(frames(new Action(new Seq(1), 1, another)))
                .allMatch(frame -> !frame.contains("clientMutationId") && !frame.contains("tx-1"));
    }

    @Test
    @Tag("CFS7")
    @DisplayName("[CFS7] an insert frame has the original worker's form")
    void insert() {
        assertThat(frames(
                        Making.of(LogEntry.Kind.INSERT, TODO_A).by("cm-138xd0").at(1, 1)))
                .containsExactly("{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"insert\",\"payload\":"
                        + TODO_A + ",\"broadcastId\":1,\"clientMutationId\":\"cm-138xd0\",\"seq\":1}");
    }

    @ParameterizedTest
    @EnumSource(names = {"ARCHIVE", "UNARCHIVE"})
    @Tag("COL23")
    @DisplayName("[COL23] an archived or unarchived row is sent as an update, alone and in a bulk")
    void archived(LogEntry.Kind kind) {
        Making made = Making.of(kind, TODO_A).by("m");
        assertThat(frames(made.at(1, 1)))
                .isEqualTo(
                        frames(Making.of(LogEntry.Kind.UPDATE, TODO_A).by("m").at(1, 1)));
        assertThat(frames(made.bulked().at(1, 1)))
                .isEqualTo(frames(
                        Making.of(LogEntry.Kind.UPDATE, TODO_A).by("m").bulked().at(1, 1)));
    }

    @Test
    @Tag("CFS7")
    @DisplayName("[CFS7] a frame without mutation id and scope omits the keys")
    void omits() {
        assertThat(frames(Making.of(LogEntry.Kind.UPDATE, TODO_A).at(9, 3)))
                .containsExactly("{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"update\",\"payload\":"
                        + TODO_A + ",\"broadcastId\":3,\"seq\":9}");
    }

    @Test
    @Tag("CFS7")
    @DisplayName("[CFS7] a frame carries its scope")
    void scope() {
        assertThat(frames(Making.of(LogEntry.Kind.INSERT, TODO_A)
                        .by("cm-3e6qbe")
                        .scoped("s1")
                        .at(4, 4)))
                .containsExactly("{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"insert\",\"payload\":"
                        + TODO_A + ",\"broadcastId\":4,\"clientMutationId\":\"cm-3e6qbe\",\"scope\":\"s1\",\"seq\":4}");
    }

    @Test
    @Tag("CFS7")
    @DisplayName("[CFS7] a delete frame has the id only")
    void delete() {
        assertThat(frames(Making.of(LogEntry.Kind.DELETE, TODO_A).at(5, 5)))
                .containsExactly("{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"delete\",\"payload\":"
                        + "{\"id\":\"6134c5cb-c4e0-4479-be64-3b4173966c28\"},\"broadcastId\":5,\"seq\":5}");
    }

    @Test
    @Tag("CFS7")
    @DisplayName("[CFS7] many rows of one kind are one frame; a bulk of one row is still a bulk")
    void bulk() {
        assertThat(frames(
                        Making.of(LogEntry.Kind.INSERT, TODO_A)
                                .bulked()
                                .by("cm-vx231v")
                                .at(1, 1),
                        Making.of(LogEntry.Kind.INSERT, TODO_B)
                                .bulked()
                                .by("cm-vx231v")
                                .at(2, 1)))
                .containsExactly(
                        "{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"bulk-insert\",\"payload\":["
                                + TODO_A + "," + TODO_B
                                + "],\"broadcastId\":1,\"clientMutationId\":\"cm-vx231v\",\"seq\":2}");
        assertThat(frames(Making.of(LogEntry.Kind.DELETE, TODO_A).bulked().at(3, 2)))
                .containsExactly(
                        "{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"bulk-delete\","
                                + "\"payload\":{\"ids\":[\"6134c5cb-c4e0-4479-be64-3b4173966c28\"]},\"broadcastId\":2,\"seq\":3}");
    }

    @Test
    @Tag("CFS7")
    @DisplayName("[CFS7] a mutation of several kinds is one frame for each kind, in the order of their numbers")
    void severalKinds() {
        assertThat(frames(
                        Making.of(LogEntry.Kind.INSERT, TODO_A).at(1, 1),
                        Making.of(LogEntry.Kind.DELETE, TODO_B).at(2, 2),
                        Making.of(LogEntry.Kind.INSERT, TODO_B).at(3, 1)))
                .hasSize(2)
                .satisfies(frames -> {
                    assertThat(frames.get(0))
                            .contains("\"bulk-insert\"")
                            .contains("\"broadcastId\":1")
                            .endsWith(",\"seq\":3,\"more\":true}");
                    assertThat(frames.get(1))
                            .contains("\"action\":\"delete\"")
                            .contains("\"broadcastId\":2")
                            .endsWith(",\"seq\":3}");
                });
    }

    @Test
    @Tag("CFS11")
    @DisplayName("[CFS11] a socket with a cursor receives the position, and a notice if its cursor is unknown")
    void resumed() {
        RoomSubscriber.Joined at = new RoomSubscriber.Joined(
                new Seq(13),
                Map.of(new CollectionName("todos"), 11L),
                new FeedFixture(1).joined().feed());

        assertThat(CfSyncFrames.resumed(at).text())
                .isEqualTo("{\"type\":\"sync-init\",\"counters\":{\"todos\":11},\"seq\":13}");
        assertThat(CfSyncFrames.bootstrapNeeded(at).text()).isEqualTo("{\"type\":\"bootstrap-needed\",\"seq\":13}");
    }

    @Test
    @Tag("CFS6")
    @DisplayName("[CFS6] the first frame names the counters of all collections that ever had a frame")
    void init() {
        RoomSubscriber.Joined nothing = new FeedFixture(1).joined();
        RoomSubscriber.Joined some = new RoomSubscriber.Joined(
                new Seq(13), Map.of(new CollectionName("todos"), 11L, new CollectionName("notes"), 2L), nothing.feed());

        assertThat(CfSyncFrames.init(nothing).text()).isEqualTo("{\"type\":\"sync-init\",\"counters\":{}}");
        assertThat(CfSyncFrames.init(some).text())
                .isEqualTo("{\"type\":\"sync-init\",\"counters\":{\"notes\":2,\"todos\":11}}");
    }

    @Test
    @Tag("CFS28")
    @DisplayName("[CFS28] a position frame tells its position, as does the last frame of a commit, but no earlier one")
    void positions() {
        assertThat(CfSyncFrames.position(new Seq(9)).text()).isEqualTo("{\"type\":\"position\",\"seq\":9}");
        assertThat(CfSyncFrames.position(new Seq(9)).position()).isEqualTo(new Seq(9));
        List<Frame> frames = CfSyncFrames.BROADCASTS.encode(new Commit(List.of(
                Making.of(LogEntry.Kind.INSERT, TODO_A).at(4, 1),
                Making.of(LogEntry.Kind.UPDATE, TODO_B).at(5, 2))));
        assertThat(frames).extracting(Frame::position).containsExactly(Seq.START, new Seq(5));
    }
}
