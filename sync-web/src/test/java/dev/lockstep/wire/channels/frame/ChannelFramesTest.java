package dev.lockstep.wire.channels.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.wire.channels.frame.VersionedFrames.Page;
import dev.lockstep.wire.channels.request.Limits;
import dev.lockstep.wire.socket.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames of both generations, compared with captures of the original servers. */
class ChannelFramesTest {
    private static final String ROW = "{\"id\":\"tmwpsl22e-r1\",\"title\":\"one\",\"completed\":false,"
            + "\"updatedAt\":\"2026-11-21T02:31:53.854Z\"}";
    private static final Optional<MutationId> MUTATION =
            Optional.of(ChannelMutationIds.of("todos", "d1c31a8e-4a93-4ca8-bdf8-238676bbc6db"));

    private static LogEntry entry(LogEntry.Kind kind, String id, Optional<MutationId> mutation) {
        return entry(kind, id, mutation, ROW);
    }

    private static LogEntry entry(LogEntry.Kind kind, String id, Optional<MutationId> mutation, String row) {
        boolean isDelete = kind == LogEntry.Kind.DELETE;
        return new LogEntry(
                RoomId.shared("svelte-todos"),
                new CollectionName("todos"),
                new EntityId(id),
                new LogEntry.RowChange(
                        kind,
                        isDelete ? Optional.empty() : Optional.of(row),
                        isDelete ? Optional.of(row) : Optional.empty()),
                false,
                1,
                Optional.empty(),
                new LogEntry.Origin(Optional.empty(), mutation));
    }

    private static Commit commit(LogEntry... entries) {
        List<Action> actions = new ArrayList<>();
        for (LogEntry entry : entries) {
            actions.add(new Action(new Seq(7L + actions.size()), 1, entry));
        }
        return new Commit(actions);
    }

    private static List<String> unversioned(Commit commit) {
        return new UnversionedChanges("todos", "updatedAt")
                .encode(commit).stream().map(Frame::text).toList();
    }

    private static List<String> versioned(Commit commit) {
        return new VersionedChanges("todos")
                .encode(commit).stream().map(Frame::text).toList();
    }

    @Test
    @Tag("CH5")
    @DisplayName("[CH5] a commit with one change is a change for clients 1.x, with the keys in the captured order")
    void change() {
        assertThat(unversioned(commit(entry(LogEntry.Kind.INSERT, "tmwpsl22e-r1", MUTATION))))
                .containsExactly(
                        "{\"type\":\"change\",\"channel\":\"todos\",\"action\":\"create\",\"key\":\"tmwpsl22e-r1\","
                                + "\"data\":" + ROW + ",\"mutationId\":\"d1c31a8e-4a93-4ca8-bdf8-238676bbc6db\"}");
        assertThat(unversioned(commit(entry(LogEntry.Kind.UPDATE, "tmwpsl22e-r1", Optional.empty()))))
                .containsExactly(
                        "{\"type\":\"change\",\"channel\":\"todos\",\"action\":\"update\",\"key\":\"tmwpsl22e-r1\","
                                + "\"data\":" + ROW + "}");
    }

    @Test
    @Tag("CH9")
    @DisplayName(
            "[CH9] the delete of a row carries no row and no mutation id, but the last stamp of all: a client 1.x keeps no ghost "
                    + "of the row, and applies the delete after the change before it")
    void deleted() {
        String deleted = "{\"type\":\"change\",\"channel\":\"todos\",\"action\":\"delete\",\"key\":\"a\","
                + "\"data\":{\"updatedAt\":\"9999-12-31T23:59:59.999Z\"}}";
        assertThat(unversioned(commit(entry(LogEntry.Kind.DELETE, "a", MUTATION))))
                .containsExactly(deleted);
        assertThat(UnversionedFrames.deleted("todos", "a", "updatedAt").text()).isEqualTo(deleted);
        assertThat(UnversionedFrames.ack("m", Optional.empty()).text()).isEqualTo("{\"type\":\"ack\",\"id\":\"m\"}");
    }

    @Test
    @Tag("CH5")
    @DisplayName("[CH5] a commit with several changes is a batch for clients 1.x; withheld ones are left out")
    void batch() {
        assertThat(unversioned(commit(
                        entry(LogEntry.Kind.INSERT, "tmwpsl22e-r1", MUTATION),
                        entry(LogEntry.Kind.UPDATE, "x", MUTATION).withheld(),
                        entry(LogEntry.Kind.DELETE, "b", MUTATION))))
                .containsExactly("{\"type\":\"batch\",\"channel\":\"todos\",\"changes\":[{\"action\":\"create\","
                        + "\"key\":\"tmwpsl22e-r1\",\"data\":" + ROW + "},{\"action\":\"delete\",\"key\":\"b\"}]}");
        assertThat(unversioned(commit(entry(LogEntry.Kind.UPDATE, "x", MUTATION).withheld())))
                .isEmpty();
    }

    @Test
    @Tag("CH5")
    @DisplayName("[CH5] each action is a change for clients since 2.0; its position is cursor and revision")
    void changes() {
        assertThat(versioned(commit(
                        entry(LogEntry.Kind.INSERT, "tmwpsl22e-r1", MUTATION),
                        entry(LogEntry.Kind.DELETE, "b", Optional.of(new MutationId("cfsync:r", "m"))))))
                .containsExactly(
                        "{\"type\":\"change\",\"channel\":\"todos\",\"change\":{\"kind\":\"full\",\"key\":\"tmwpsl22e-r1\","
                                + "\"row\":" + ROW + "},\"cursor\":7,\"revision\":7,"
                                + "\"mutationId\":\"d1c31a8e-4a93-4ca8-bdf8-238676bbc6db\",\"v\":1}",
                        "{\"type\":\"change\",\"channel\":\"todos\",\"change\":{\"kind\":\"delete\",\"key\":\"b\"},"
                                + "\"cursor\":8,\"revision\":8,\"v\":1}");
    }

    @Test
    @Tag("CH5")
    @DisplayName("[CH5] answers to clients 1.x have the keys in the captured order")
    void unversionedAnswers() {
        assertThat(UnversionedFrames.snapshot("todos", "", false).text())
                .isEqualTo("{\"type\":\"snapshot\",\"channel\":\"todos\",\"data\":[],\"isDelta\":false}");
        assertThat(UnversionedFrames.ack("m", Optional.of(ROW)).text())
                .isEqualTo("{\"type\":\"ack\",\"id\":\"m\",\"data\":" + ROW + "}");
        assertThat(UnversionedFrames.reject("m", Refusal.forbidden("Rejected: forbidden title"))
                        .text())
                .isEqualTo("{\"type\":\"reject\",\"id\":\"m\",\"error\":\"Rejected: forbidden title\"}");
        assertThat(UnversionedFrames.reject(
                                "m", new Refusal(ErrorCode.INVALID, "title: no", List.of(new Issue("title", "no"))))
                        .text())
                .isEqualTo("{\"type\":\"reject\",\"id\":\"m\",\"error\":\"title: no\",\"validationErrors\":"
                        + "[{\"path\":\"title\",\"message\":\"no\"}]}");
        assertThat(UnversionedFrames.subscriptionRefused(
                                new Refusal(ErrorCode.UNKNOWN_COLLECTION, "No handler registered for channel: nope"))
                        .text())
                .isEqualTo("{\"type\":\"reject\",\"id\":\"subscribe\",\"error\":\"No handler registered for channel:"
                        + " nope\"}");
        assertThat(UnversionedFrames.deletes("todos", List.of(new EntityId("a"), new EntityId("b")))
                        .text())
                .isEqualTo(
                        "{\"type\":\"batch\",\"channel\":\"todos\",\"changes\":[{\"action\":\"delete\",\"key\":\"a\"},"
                                + "{\"action\":\"delete\",\"key\":\"b\"}]}");
        assertThat(UnversionedFrames.PONG.text()).isEqualTo("pong");
    }

    @Test
    @Tag("CH5")
    @DisplayName("[CH5] answers to clients since 2.0 have the keys in the captured order, and no others")
    void versionedAnswers() {
        assertThat(VersionedFrames.pong(Optional.of("n-1")).text())
                .isEqualTo("{\"type\":\"pong\",\"nonce\":\"n-1\",\"v\":1}");
        assertThat(VersionedFrames.pong(Optional.empty()).text()).isEqualTo("{\"type\":\"pong\",\"v\":1}");
        assertThat(VersionedFrames.malformed(Optional.empty(), false).text())
                .isEqualTo("{\"type\":\"reject\",\"error\":{\"code\":\"UnknownError\",\"message\":\"Unknown error\"},"
                        + "\"v\":1}");
        assertThat(VersionedFrames.snapshot("s1", "todos", new Page(true, "", List.of(), 0, false, Optional.empty()))
                        .text())
                .isEqualTo("{\"type\":\"snapshot\",\"requestId\":\"s1\",\"channel\":\"todos\",\"mode\":\"full\","
                        + "\"rows\":[],\"cursor\":0,\"v\":1}");
        assertThat(VersionedFrames.snapshot(
                                "s2",
                                "todos",
                                new Page(false, ROW, List.of(new EntityId("a")), 3, true, Optional.of("1-x")))
                        .text())
                .isEqualTo("{\"type\":\"snapshot\",\"requestId\":\"s2\",\"channel\":\"todos\",\"mode\":\"delta\","
                        + "\"rows\":[" + ROW + "],\"events\":[{\"kind\":\"delete\",\"key\":\"a\"}],\"cursor\":3,"
                        + "\"hasMore\":true,\"viewVersion\":\"1-x\",\"v\":1}");
        assertThat(VersionedFrames.ack("m3", Optional.empty(), new Seq(3), false)
                        .text())
                .isEqualTo("{\"type\":\"ack\",\"id\":\"m3\",\"cursor\":3,\"revision\":3,\"replayed\":false,\"v\":1}");
        assertThat(VersionedFrames.ack("m1", Optional.of(ROW), new Seq(1), true).text())
                .isEqualTo("{\"type\":\"ack\",\"id\":\"m1\",\"data\":" + ROW
                        + ",\"cursor\":1,\"revision\":1,\"replayed\":true,\"v\":1}");
        assertThat(VersionedFrames.reject("m4", "todos", Refusal.forbidden("Rejected: forbidden title"))
                        .text())
                .isEqualTo("{\"type\":\"reject\",\"id\":\"m4\",\"channel\":\"todos\",\"error\":{\"code\":\"Forbidden\","
                        + "\"message\":\"Rejected: forbidden title\"},\"v\":1}");
        assertThat(VersionedFrames.subscriptionRefused(
                                "b1b", "nope", new Refusal(ErrorCode.UNKNOWN_COLLECTION, "No handler"))
                        .text())
                .isEqualTo("{\"type\":\"reject\",\"requestId\":\"b1b\",\"channel\":\"nope\",\"error\":"
                        + "{\"code\":\"UnknownError\",\"message\":\"Unknown error\"},\"v\":1}");
        assertThat(VersionedFrames.reset("todos").text())
                .isEqualTo("{\"type\":\"channel-reset\",\"channel\":\"todos\",\"v\":1}");
    }

    @Test
    @Tag("CH4")
    @DisplayName("[CH4] a mutation of 2.0 that violates the contract is refused by its id, with the reason")
    void malformed() {
        assertThat(VersionedFrames.malformed(Optional.of("m"), false).text())
                .startsWith("{\"type\":\"reject\",\"id\":\"m\",\"error\":{\"code\":\"Malformed\",\"message\":\"");
        assertThat(VersionedFrames.malformed(Optional.of("m"), true).text())
                .startsWith("{\"type\":\"reject\",\"id\":\"m\",\"error\":{\"code\":\"TooLarge\",\"message\":\"");
    }

    @Test
    @Tag("CH20")
    @DisplayName("[CH20] a row with an id that clients of 2.0 do not accept is in no frame of theirs; 1.x gets it")
    void longIds() {
        Commit commit = commit(
                entry(LogEntry.Kind.INSERT, "i".repeat(Limits.ID_CHARACTERS_MAX + 1), MUTATION),
                entry(LogEntry.Kind.INSERT, "tmwpsl22e-r1", MUTATION));

        assertThat(versioned(commit)).singleElement().asString().contains("\"cursor\":8");
        assertThat(unversioned(commit).getFirst()).contains("i".repeat(Limits.ID_CHARACTERS_MAX + 1));
    }

    @Test
    @Tag("CH5")
    @DisplayName("[CH5] subscriptions of one channel share the bytes of a commit")
    void shared() {
        assertThat(new UnversionedChanges("todos", "updatedAt"))
                .isEqualTo(new UnversionedChanges("todos", "updatedAt"));
        assertThat(new VersionedChanges("todos")).isNotEqualTo(new VersionedChanges("notes:a"));
    }

    @Test
    @Tag("CH20")
    @DisplayName(
            "[CH20] a row that a frame of 2.0 cannot hold leaves its clients; the largest other one fits, and 1.x gets both")
    void largeRows() {
        String id = "i".repeat(Limits.ID_CHARACTERS_MAX);
        String largest = "{\"text\":\"" + "x".repeat(Limits.ROW_BYTES_MAX - 11) + "\"}";
        String larger = largest.replace("\"}", "x\"}");
        String channel = "\"".repeat(200);

        Commit fits = commit(entry(LogEntry.Kind.UPDATE, id, MUTATION, largest));
        String frame = new VersionedChanges(channel).encode(fits).getFirst().text();
        assertThat(frame).contains("\"kind\":\"full\"");
        assertThat(Limits.isLonger(frame, Limits.FRAME_BYTES_MAX)).isFalse();
        Commit tooLarge = commit(entry(LogEntry.Kind.UPDATE, id, MUTATION, larger));
        assertThat(new VersionedChanges("todos").encode(tooLarge).getFirst().text())
                .contains("\"change\":{\"kind\":\"delete\",\"key\":\"" + id + "\"}");
        assertThat(unversioned(tooLarge).getFirst()).contains(larger);
    }
}
