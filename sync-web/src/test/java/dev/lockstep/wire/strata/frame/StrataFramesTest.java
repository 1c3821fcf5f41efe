package dev.lockstep.wire.strata.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import dev.lockstep.wire.socket.Frame;
import dev.lockstep.wire.strata.ModelFixture;
import dev.lockstep.wire.strata.frame.StrataAnswers.Outcome;
import dev.lockstep.wire.strata.frame.StrataFrames.DeltaPart;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frames and answers, compared with captures of the original server: 01-raw-postgresjs. */
class StrataFramesTest {
    private static final String FIRST = "604caed6-97b7-414d-aedd-288bf398fb61";
    private static final String ROW = "{\"id\":\"" + FIRST
            + "\",\"title\":\"First v2\",\"notes\":null,\"priority\":0,\"completedAt\":\"2026-01-01T01:13:20.000Z\","
            + "\"dueOn\":\"2026-01-01\",\"workspaceId\":\"ws-1\",\"createdAt\":\"2026-01-01T00:00:00.123Z\","
            + "\"archivedAt\":\"2026-01-01T04:00:00.000Z\"}";
    private static final String SHOWN = "{\"id\":\"" + FIRST
            + "\",\"title\":\"First v2\",\"notes\":null,\"priority\":0,\"completedAt\":1767230000000,"
            + "\"dueOn\":1767225600000,\"workspaceId\":\"ws-1\",\"createdAt\":1767225600123,"
            + "\"archivedAt\":1767240000000}";
    private static final MutationId MUTATION = new MutationId("strata:c-raw", "d603012c");

    private final StrataFrames frames = new StrataFrames(ModelFixture.all());

    /** Builder of an action. */
    private record Making(
            String model, String room, LogEntry.Kind kind, List<String> changed, Optional<MutationId> id) {
        static Making of(LogEntry.Kind kind, String... changed) {
            return new Making("Task", "ws-1", kind, List.of(changed), Optional.of(MUTATION));
        }

        Making in(String other) {
            return new Making(model, other, kind, changed, id);
        }

        Making of(String other) {
            return new Making(other, room, kind, changed, id);
        }

        Making by(MutationId other) {
            return new Making(model, room, kind, changed, Optional.of(other));
        }

        Action at(long seq) {
            boolean deleted = kind == LogEntry.Kind.DELETE;
            LogEntry entry = new LogEntry(
                    new RoomId("tasks", room),
                    new CollectionName(model),
                    new EntityId(FIRST),
                    new LogEntry.RowChange(
                            kind,
                            deleted ? Optional.empty() : Optional.of(ROW),
                            deleted ? Optional.of(ROW) : Optional.empty(),
                            changed),
                    false,
                    Instant.parse("2026-11-21T02:04:22.550Z").toEpochMilli() * 1000 + 7,
                    Optional.empty(),
                    new LogEntry.Origin(Optional.of("alice"), id));
            return new Action(new Seq(seq), 1, entry);
        }
    }

    private String action(Making making) {
        List<DeltaPart> told = frames.deltaParts.encode(List.of(new Commit(List.of(making.at(3)))));
        return json(told.getFirst());
    }

    private static String json(DeltaPart told) {
        return new String(((DeltaPart.Actions) told).utf8(), StandardCharsets.UTF_8);
    }

    private static String framed(char letter, String data) {
        return "{\"action\":\"" + letter
                + "\",\"clientId\":\"c-raw\",\"clientTxId\":\"d603012c\",\"createdAt\":\"2026-11-21T02:04:22.550Z\","
                + "\"data\":" + data + ",\"groupId\":\"ws-1\",\"modelId\":\"" + FIRST
                + "\",\"modelName\":\"Task\",\"syncId\":\"3\"}";
    }

    @Test
    @Tag("STR8")
    @DisplayName("[STR8] an action names the change of the row, and the client and transaction that made it")
    void actions() {
        assertThat(action(Making.of(LogEntry.Kind.INSERT))).isEqualTo(framed('I', SHOWN));
        assertThat(action(Making.of(LogEntry.Kind.UPDATE, "title", "completedAt")))
                .isEqualTo(framed('U', "{\"title\":\"First v2\",\"completedAt\":1767230000000}"));
        assertThat(action(Making.of(LogEntry.Kind.UPDATE))).isEqualTo(framed('U', "{}"));
        assertThat(action(Making.of(LogEntry.Kind.DELETE))).isEqualTo(framed('D', SHOWN));
        assertThat(action(Making.of(LogEntry.Kind.ARCHIVE, "archivedAt")))
                .isEqualTo(framed('A', "{\"archivedAt\":1767240000000}"));
        assertThat(action(Making.of(LogEntry.Kind.UNARCHIVE))).isEqualTo(framed('V', "{\"archivedAt\":1767240000000}"));
    }

    @Test
    @Tag("STR8")
    @DisplayName("[STR8] a mutation of another dialect has no client, and a row of the shared room has no group")
    void without() {
        assertThat(action(Making.of(LogEntry.Kind.INSERT).by(new MutationId("cfsync:ws-1", "x"))))
                .doesNotContain("client");
        assertThat(action(Making.of(LogEntry.Kind.INSERT).in(""))).doesNotContain("groupId");
    }

    @Test
    @Tag("STR8")
    @DisplayName("[STR8] the actions of a transaction are those of its named row, not those of the cascade")
    void children() {
        String named = "\"clientTxId\"";
        Action parent = Making.of(LogEntry.Kind.DELETE).at(3);
        Action child = Making.of(LogEntry.Kind.DELETE).of("Comment").at(4);
        Action again = Making.of(LogEntry.Kind.INSERT).at(4);

        String deleted = packet(new Commit(List.of(parent, child)));
        assertThat(deleted.substring(0, deleted.indexOf("},{\"action\""))).contains(named);
        assertThat(deleted.substring(deleted.indexOf("},{\"action\"")))
                .contains("\"modelName\":\"Comment\"")
                .doesNotContain(named);
        assertThat(json(frames.deltaParts
                        .encode(List.of(new Commit(List.of(parent, child))))
                        .getFirst()))
                .containsOnlyOnce(named);
        assertThat(packet(new Commit(List.of(parent, again))).split(named, -1)).hasSize(3);
    }

    private String packet(Commit commit) {
        return frames.packets.encode(commit).getFirst().text();
    }

    @Test
    @Tag("STR9")
    @DisplayName("[STR9] an update of lazily loaded rows contains the whole row")
    void late() {
        assertThat(action(Making.of(LogEntry.Kind.UPDATE, "title").of("Comment")))
                .contains("\"data\":{\"id\":\"" + FIRST + "\",\"title\":\"First v2\",");
    }

    @Test
    @Tag("STR10")
    @DisplayName("[STR10] a commit is one packet without its hidden actions")
    void packets() {
        List<Frame> sent = frames.packets.encode(new Commit(List.of(
                Making.of(LogEntry.Kind.UPDATE).at(3),
                Making.of(LogEntry.Kind.DELETE).of("Gone").at(4),
                Making.of(LogEntry.Kind.UPDATE).at(5))));

        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst().text())
                .startsWith("{\"packet\":{\"actions\":[{\"action\":\"U\",")
                .doesNotContain("Gone")
                .endsWith("\"syncId\":\"5\"}],\"lastSyncId\":\"5\"},\"type\":\"delta\"}");
        assertThat(frames.packets.encode(new Commit(List.of(new Action(
                        new Seq(3),
                        1,
                        Making.of(LogEntry.Kind.UPDATE).at(3).entry().withheld())))))
                .isEmpty();
    }

    @Test
    @Tag("STR25")
    @DisplayName("[STR25] an empty packet carries the position of a client without visible actions")
    void progress() {
        assertThat(StrataFrames.progress(new Seq(7)).text())
                .isEqualTo("{\"packet\":{\"actions\":[],\"lastSyncId\":\"7\"},\"type\":\"delta\"}");
    }

    @Test
    @Tag("STR6")
    @DisplayName("[STR6] a page is sent in one piece, except at positions where groups have changed")
    void onePiece() {
        Commit first = new Commit(List.of(Making.of(LogEntry.Kind.UPDATE).at(3)));
        Commit second = new Commit(List.of(Making.of(LogEntry.Kind.UPDATE).at(4)));
        Commit rights = new Commit(List.of(Making.of(LogEntry.Kind.RIGHTS).at(5)));
        Commit unseen =
                new Commit(List.of(Making.of(LogEntry.Kind.DELETE).of("Gone").at(6)));

        List<DeltaPart> told = frames.deltaParts.encode(List.of(first, second, rights, unseen));

        assertThat(told).hasSize(2);
        assertThat(json(told.getFirst()))
                .startsWith("{\"action\":\"U\",")
                .contains("\"syncId\":\"3\"},{\"action\":\"U\",")
                .endsWith("\"syncId\":\"4\"}");
        assertThat(told.getLast())
                .isInstanceOfSatisfying(
                        DeltaPart.GroupsChanged.class,
                        changed -> assertThat(changed.at()).isEqualTo(new Seq(5)));
        assertThat(frames.deltaParts.encode(List.of(unseen))).isEmpty();
    }

    @Test
    @Tag("STR5")
    @DisplayName("[STR5] the answer to a mutate request has a result for each transaction, in their order")
    void answers() {
        assertThat(StrataAnswers.mutated(List.of(
                        Outcome.applied("a", new Seq(19), List.of()), Outcome.applied("b", new Seq(20), List.of()))))
                .isEqualTo("{\"lastSyncId\":\"20\",\"results\":[{\"clientTxId\":\"a\",\"success\":true,\"syncId\":"
                        + "\"19\"},{\"clientTxId\":\"b\",\"success\":true,\"syncId\":\"20\"}],\"success\":true}");
        assertThat(StrataAnswers.mutated(List.of(Outcome.applied("a", new Seq(1), List.of("late")))))
                .contains("{\"clientTxId\":\"a\",\"success\":true,\"syncId\":\"1\",\"warnings\":[\"late\"]}");
        assertThat(StrataAnswers.mutated(List.of(Outcome.failed("a", "Access denied"))))
                .isEqualTo("{\"lastSyncId\":\"0\",\"results\":[{\"clientTxId\":\"a\",\"error\":\"Access denied\","
                        + "\"success\":false}],\"success\":false}");
    }

    private static String deltas(List<byte[]> actions, boolean more, BigInteger last) {
        return StrataAnswers.deltas(actions, more, last).stream()
                .map(part -> new String(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    @Test
    @Tag("STR23")
    @DisplayName("[STR23] the bytes of actions are shared by all receivers without a copy")
    void shared() {
        byte[] some = {'1', ',', '2'};
        byte[] others = {'3'};

        assertThat(StrataAnswers.deltas(List.of(some, others), true, BigInteger.TWO))
                .satisfiesOnlyOnce(part -> assertThat(part).isSameAs(some))
                .satisfiesOnlyOnce(part -> assertThat(part).isSameAs(others));
        assertThat(deltas(List.of(some, others), true, BigInteger.TWO))
                .isEqualTo("{\"actions\":[1,2,3],\"hasMore\":true,\"lastSyncId\":\"2\"}");
    }

    @Test
    @Tag("STR6")
    @DisplayName("[STR6] a page of deltas and the first line of a bootstrap have the contract's form")
    void pages() {
        assertThat(deltas(List.of(), false, new BigInteger("999999")))
                .isEqualTo("{\"actions\":[],\"hasMore\":false,\"lastSyncId\":\"999999\"}");
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("Task", 0);
        counts.put("Label", 0);
        assertThat(StrataAnswers.metadata(Seq.START, counts, "abc123", List.of("ws-1")))
                .isEqualTo("{\"lastSyncId\":\"0\",\"returnedModelsCount\":{\"Task\":0,\"Label\":0},\"schemaHash\":"
                        + "\"abc123\",\"subscribedSyncGroups\":[\"ws-1\"]}\n");
        assertThat(StrataAnswers.end(3)).isEqualTo("{\"type\":\"end\",\"rowCount\":3}\n");
        assertThat(StrataAnswers.errorLine("no \"x\""))
                .isEqualTo("{\"message\":\"no \\\"x\\\"\",\"type\":\"error\"}\n");
    }
}
