package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.archival;
import static dev.lockstep.mutation.MutationFixture.unarchival;
import static dev.lockstep.mutation.MutationFixture.updating;
import static dev.lockstep.mutation.Results.code;
import static dev.lockstep.mutation.Results.refused;
import static dev.lockstep.mutation.Results.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.engine.TestEngine;
import dev.lockstep.log.LogEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Archived and unarchived rows, in a database and in memory. */
@OnEveryEngine
class ArchivingTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final Instant AT = Instant.parse("2026-11-20T00:00:00.999999999Z");

    private final TestEngine engine;

    ArchivingTest(Supplier<TestEngine> engine) {
        this.engine = engine.get();
    }

    private LogEntry lastEntry() {
        return engine.commits().getLast().actions().getLast().entry();
    }

    @Test
    @Tag("COL23")
    @DisplayName("[COL23] archiving sets the mark to the client's time, cut to microseconds; the row stays in lists")
    void archived() {
        engine.alone(IN_ROOM.inserts("errands", "a", Map.of("title", "t")));
        MutationResult answer = engine.alone(IN_ROOM.archives("errands", "a", AT));

        assertThat(row(answer))
                .hasValueSatisfying(json ->
                        assertThat(json).contains("\"archivedAt\":\"2026-11-20T00:00:00.999Z\"", "\"title\":\"t\""));
        assertThat(engine.json("errands", "p1")).containsExactly(row(answer).orElseThrow());
        assertThat(lastEntry().kind()).isEqualTo(LogEntry.Kind.ARCHIVE);
        assertThat(lastEntry().rowAfter()).isEqualTo(row(answer));
        assertThat(lastEntry().rowBefore()).isEmpty();
        assertThat(lastEntry().changedFields()).containsExactly("updatedAt", "archivedAt");
    }

    @Test
    @Tag("COL23")
    @DisplayName("[COL23] unarchiving removes the mark; both change the time of the last update")
    void unarchived() {
        engine.alone(IN_ROOM.inserts("errands", "a", Map.of()));
        engine.alone(IN_ROOM.archives("errands", "a", AT));
        assertThat(lastEntry().rowAfter())
                .hasValueSatisfying(json -> assertThat(json).contains("\"archivedAt\":\"2026-11-20T00:00:00.999Z\""));
        long archived = lastEntry().stampMicros();
        MutationResult answer = engine.alone(IN_ROOM.unarchives("errands", "a"));

        assertThat(row(answer)).hasValueSatisfying(json -> assertThat(json).contains("\"archivedAt\":null"));
        assertThat(lastEntry().kind()).isEqualTo(LogEntry.Kind.UNARCHIVE);
        assertThat(lastEntry().changedFields()).containsExactly("updatedAt", "archivedAt");
        assertThat(lastEntry().stampMicros()).isGreaterThan(archived);
        assertThat(engine.replayed("errands", "p1").values()).containsExactlyElementsOf(engine.json("errands", "p1"));
    }

    @Test
    @Tag("COL23")
    @DisplayName("[COL23] archiving that changes no mark is an action as well")
    void again() {
        engine.alone(IN_ROOM.inserts("errands", "a", Map.of()));
        engine.together(
                IN_ROOM.archives("errands", "a", AT),
                IN_ROOM.archives("errands", "a", AT.plusSeconds(1)),
                IN_ROOM.unarchives("errands", "a"),
                IN_ROOM.unarchives("errands", "a"));

        assertThat(engine.commits().stream()
                        .map(commit -> commit.actions().getFirst().entry().kind()))
                .containsExactly(
                        LogEntry.Kind.INSERT,
                        LogEntry.Kind.ARCHIVE,
                        LogEntry.Kind.ARCHIVE,
                        LogEntry.Kind.UNARCHIVE,
                        LogEntry.Kind.UNARCHIVE);
    }

    @Test
    @Tag("MUT4")
    @DisplayName("[MUT4] archiving a row that is missing or in another room changes nothing, and is no error")
    void notThere() {
        engine.alone(MutationFixture.in("p2").inserts("errands", "a", Map.of()));

        assertThat(row(engine.alone(IN_ROOM.archives("errands", "a", AT)))).isEmpty();
        assertThat(row(engine.alone(IN_ROOM.unarchives("errands", "never")))).isEmpty();
        assertThat(engine.commits()).hasSize(1);
    }

    @Test
    @Tag("COL23")
    @DisplayName("[COL23] no other operation of a client writes the mark")
    void notWritten() {
        assertThat(row(engine.alone(IN_ROOM.inserts("errands", "a", Map.of("archivedAt", 1L)))))
                .hasValueSatisfying(json -> assertThat(json).contains("\"archivedAt\":null"));
        engine.alone(IN_ROOM.archives("errands", "a", AT));
        assertThat(row(engine.alone(IN_ROOM.updates("errands", "a", Map.of("archivedAt", 1L)))))
                .hasValueSatisfying(json -> assertThat(json).contains("\"archivedAt\":\"2026-11-20T00:00:00.999Z\""));
    }

    @Test
    @Tag("COL23")
    @DisplayName("[COL23] without a mark nothing is archived, nor at a time that no database stores")
    void notSupported() {
        assertThat(refused(engine.alone(IN_ROOM.archives("tasks", "a", AT)))
                        .refusal()
                        .message())
                .isEqualTo("Collection 'tasks' has no archive, only read, insert, update, delete");
        assertThat(code(engine.alone(IN_ROOM.unarchives("tasks", "a")))).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(refused(engine.alone(IN_ROOM.archives("errands", "a", Instant.MAX)))
                        .refusal()
                        .message())
                .isEqualTo("archivedAt: lies outside the years 1 to 9999");
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a duplicate of a bulk that archives gets the first answer")
    void repeats() {
        engine.alone(IN_ROOM.inserts("errands", "a", Map.of()));
        MutationFixture asked = IN_ROOM.identified("m1");
        MutationResult first = engine.alone(asked.bulk(
                archival("errands", "a", AT),
                updating("errands", "a", Map.of("title", "t")),
                unarchival("errands", "a"),
                archival("errands", "never", AT)));

        assertThat(first)
                .isEqualTo(new MutationResult.Applied(
                        Results.applied(first).last(),
                        List.of(
                                Results.applied(first).rows().get(0),
                                Results.applied(first).rows().get(1),
                                Results.applied(first).rows().get(2),
                                Optional.empty())));
        assertThat(engine.alone(asked.bulk(
                        archival("errands", "a", AT),
                        updating("errands", "a", Map.of("title", "t")),
                        unarchival("errands", "a"),
                        archival("errands", "never", AT))))
                .isEqualTo(Results.again(first));
        assertThat(code(engine.alone(asked.archives("errands", "a", AT)))).isEqualTo(ErrorCode.REUSED);
    }
}
