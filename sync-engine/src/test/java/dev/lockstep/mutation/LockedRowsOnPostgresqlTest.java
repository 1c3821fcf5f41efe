package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.collection.RowReader;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.batch.BatchWriter;
import jakarta.validation.Validation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutations whose rows another transaction has locked. PostgreSQL only: see RowRepositoryOnPostgresqlTest. */
class LockedRowsOnPostgresqlTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final TestDatabase database = TestDatabase.postgresql().emptied();
    private final EngineFixture engine = new EngineFixture(database);
    private final BatchWriter writer = engine.writer();
    private Thread thread = new Thread();

    @BeforeEach
    void rows() {
        engine.together(IN_ROOM.insertsTask("held", "t"), IN_ROOM.insertsTask("free", "t"));
    }

    @AfterEach
    void end() {
        EngineFixture.end(writer, thread);
    }

    private CompletableFuture<MutationResult> submit(Mutation mutation) {
        return writer.submit(mutation).toCompletableFuture();
    }

    private List<String> titlesInLog() {
        return engine.commits().stream()
                .skip(2)
                .flatMap(commit -> commit.actions().stream())
                .map(action -> action.entry().rowAfter().orElseThrow().replaceAll(".*\"title\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    @Tag("MUT10")
    @DisplayName("[MUT10] a mutation of a locked row waits, and no other does; after the release all are applied")
    void waitsAside() throws Exception {
        try (LockedRow blocked = LockedRow.task(database, "held")) {
            CompletableFuture<MutationResult> waits = submit(IN_ROOM.retitlesTask("held", "one"));
            CompletableFuture<MutationResult> sameGroup = submit(IN_ROOM.retitlesTask("free", "two"));
            thread = EngineFixture.start(writer);

            assertThat(Results.isApplied(EngineFixture.get(sameGroup))).isTrue();
            assertThat(Results.isApplied(EngineFixture.get(submit(IN_ROOM.retitlesTask("free", "three")))))
                    .isTrue();
            assertThat(waits).isNotDone();
            blocked.release();
            assertThat(Results.isApplied(EngineFixture.get(waits))).isTrue();
        }
        assertThat(titlesInLog()).containsExactly("two", "three", "one");
    }

    @Test
    @Tag("MUT10")
    @DisplayName("[MUT10] mutations of the same client and of the same row stay behind a blocked one")
    void keepsOrder() throws Exception {
        try (LockedRow blocked = LockedRow.task(database, "held")) {
            CompletableFuture<MutationResult> first =
                    submit(IN_ROOM.by("c1", "1").retitlesTask("held", "1"));
            CompletableFuture<MutationResult> sameClient =
                    submit(IN_ROOM.by("c1", "2").retitlesTask("free", "2"));
            CompletableFuture<MutationResult> sameRow =
                    submit(IN_ROOM.by("c2", "1").retitlesTask("held", "3"));
            CompletableFuture<MutationResult> other =
                    submit(IN_ROOM.by("c3", "1").insertsTask("new", "4"));
            thread = EngineFixture.start(writer);
            assertThat(Results.isApplied(EngineFixture.get(other))).isTrue();
            assertThat(List.of(first, sameClient, sameRow)).noneMatch(CompletableFuture::isDone);
            blocked.release();
            for (CompletableFuture<MutationResult> answer : List.of(first, sameClient, sameRow)) {
                assertThat(Results.isApplied(EngineFixture.get(answer))).isTrue();
            }
        }
        assertThat(titlesInLog()).containsExactly("4", "1", "2", "3");
    }

    @Test
    @Tag("MUT10")
    @DisplayName("[MUT10] order is kept where the batch had to be split, too")
    void keepsOrderApart() throws Exception {
        try (LockedRow blocked = LockedRow.serial(database, "unique")) {
            CompletableFuture<MutationResult> first =
                    submit(IN_ROOM.by("c1", "1").insertsTool("axe", "unique"));
            CompletableFuture<MutationResult> sameClient =
                    submit(IN_ROOM.by("c1", "2").retitlesTask("free", "2"));
            CompletableFuture<MutationResult> other =
                    submit(IN_ROOM.by("c2", "1").retitlesTask("held", "3"));
            thread = EngineFixture.start(writer);
            assertThat(Results.isApplied(EngineFixture.get(other))).isTrue();
            assertThat(List.of(first, sameClient)).noneMatch(CompletableFuture::isDone);
            blocked.release();
            assertThat(Results.applied(EngineFixture.get(first)).last())
                    .isLessThan(Results.applied(EngineFixture.get(sameClient)).last());
        }
    }

    /** A mutation that has waited for this long. */
    private CompletableFuture<MutationResult> submitAfter(Duration waited, Mutation mutation) {
        MutationValidator validator = new MutationValidator(
                TestDatabase.collections(), new RowReader(Validation.buildDefaultValidatorFactory()));
        QueuedMutation now = new QueuedMutation(mutation, validator.prepare(mutation));
        QueuedMutation earlier = new QueuedMutation(
                mutation,
                now.changes(),
                now.key(),
                now.characters(),
                now.queuedAtNanos() - waited.toNanos(),
                now.answer());
        return writer.enqueue(earlier).toCompletableFuture();
    }

    @Test
    @Tag("MUT10")
    @DisplayName("[MUT10] after 8 s a blocked mutation is refused as UNAVAILABLE, and not applied after the release")
    void refusedInTheEnd() throws Exception {
        try (LockedRow blocked = LockedRow.task(database, "held")) {
            thread = EngineFixture.start(writer);
            CompletableFuture<MutationResult> waits =
                    submitAfter(Duration.ofMillis(7_500), IN_ROOM.retitlesTask("held", "one"));

            assertThat(Results.code(EngineFixture.get(waits))).isEqualTo(ErrorCode.UNAVAILABLE);
            blocked.release();
            assertThat(Results.isApplied(EngineFixture.get(submit(IN_ROOM.retitlesTask("held", "two")))))
                    .isTrue();
        }
        assertThat(titlesInLog()).containsExactly("two");
    }

    @Test
    @Tag("MUT12")
    @DisplayName(
            "[MUT12] a mutation that waited longer than 8 s in the queue is refused as UNAVAILABLE, and not applied")
    void waitedTooLong() {
        CompletableFuture<MutationResult> late =
                submitAfter(Duration.ofSeconds(8), IN_ROOM.retitlesTask("free", "late"));
        CompletableFuture<MutationResult> inTime =
                submitAfter(Duration.ofSeconds(5), IN_ROOM.retitlesTask("free", "in time"));
        thread = EngineFixture.start(writer);

        assertThat(Results.code(EngineFixture.get(late))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(Results.isApplied(EngineFixture.get(inTime))).isTrue();
        assertThat(titlesInLog()).containsExactly("in time");
    }

    @Test
    @Tag("MUT10")
    @DisplayName("[MUT10] a locked row of another room blocks no delete, even if it holds the deleted id")
    void heldElsewhere() throws Exception {
        engine.together(
                IN_ROOM.inserts("sheets", "s", Map.of()),
                MutationFixture.in("p2").inserts("remarks", "stray", Map.of("sheet", "s")));
        try (LockedRow blocked = LockedRow.remark(database, "stray")) {
            CompletableFuture<MutationResult> deleted = submit(IN_ROOM.deletes("sheets", "s"));
            CompletableFuture<MutationResult> inItsRoom =
                    submit(MutationFixture.in("p2").insertsTask("new", "two"));
            thread = EngineFixture.start(writer);

            assertThat(Results.isApplied(EngineFixture.get(deleted))).isTrue();
            assertThat(Results.isApplied(EngineFixture.get(inItsRoom))).isTrue();
            blocked.release();
        }
    }

    @Test
    @Tag("MUT10")
    @DisplayName("[MUT10] a delete of a locked row's parent waits, and no other mutation does")
    void heldChild() throws Exception {
        engine.together(
                IN_ROOM.inserts("sheets", "s", Map.of()),
                IN_ROOM.inserts("remarks", "r1", Map.of("sheet", "s")),
                IN_ROOM.inserts("remarks", "r2", Map.of("replyTo", "r1")));
        try (LockedRow blocked = LockedRow.remark(database, "r2")) {
            CompletableFuture<MutationResult> waits = submit(IN_ROOM.deletes("sheets", "s"));
            CompletableFuture<MutationResult> sameGroup = submit(IN_ROOM.retitlesTask("free", "two"));
            thread = EngineFixture.start(writer);

            assertThat(Results.isApplied(EngineFixture.get(sameGroup))).isTrue();
            assertThat(waits).isNotDone();
            blocked.release();
            assertThat(Results.isApplied(EngineFixture.get(waits))).isTrue();
        }
        assertThat(engine.commits().getLast().actions())
                .extracting(action -> action.entry().entityId().value())
                .containsExactly("s", "r1", "r2");
    }
}
