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
import org.junit.jupiter.api.Test;

/** What becomes of mutations whose rows another transaction holds. Not on H2: see RowsOnPostgresqlTest. */
class LockedRowsOnPostgresqlTest {
    private static final MutationFixture ASKED = MutationFixture.in("p1");

    private final TestDatabase database = TestDatabase.postgresql().emptied();
    private final EngineFixture engine = new EngineFixture(database);
    private final BatchWriter writer = engine.writer();
    private Thread thread = new Thread();

    @BeforeEach
    void rows() {
        engine.together(ASKED.insertsTask("held", "t"), ASKED.insertsTask("free", "t"));
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
    @DisplayName("[MUT10] a mutation of a locked row waits, and no other does; after the release all are applied")
    void waitsAside() throws Exception {
        try (LockedRow blocked = LockedRow.task(database, "held")) {
            CompletableFuture<MutationResult> waits = submit(ASKED.retitlesTask("held", "one"));
            CompletableFuture<MutationResult> sameGroup = submit(ASKED.retitlesTask("free", "two"));
            thread = EngineFixture.start(writer);

            assertThat(Answer.isApplied(EngineFixture.get(sameGroup))).isTrue();
            assertThat(Answer.isApplied(EngineFixture.get(submit(ASKED.retitlesTask("free", "three")))))
                    .isTrue();
            assertThat(waits).isNotDone();
            blocked.release();
            assertThat(Answer.isApplied(EngineFixture.get(waits))).isTrue();
        }
        assertThat(titlesInLog()).containsExactly("two", "three", "one");
    }

    @Test
    @DisplayName("[MUT10] mutations of the same client and of the same row stay behind a blocked one")
    void keepsOrder() throws Exception {
        try (LockedRow blocked = LockedRow.task(database, "held")) {
            CompletableFuture<MutationResult> first = submit(ASKED.by("c1", "1").retitlesTask("held", "1"));
            CompletableFuture<MutationResult> sameClient =
                    submit(ASKED.by("c1", "2").retitlesTask("free", "2"));
            CompletableFuture<MutationResult> sameRow =
                    submit(ASKED.by("c2", "1").retitlesTask("held", "3"));
            CompletableFuture<MutationResult> other = submit(ASKED.by("c3", "1").insertsTask("new", "4"));
            thread = EngineFixture.start(writer);
            assertThat(Answer.isApplied(EngineFixture.get(other))).isTrue();
            assertThat(List.of(first, sameClient, sameRow)).noneMatch(CompletableFuture::isDone);
            blocked.release();
            for (CompletableFuture<MutationResult> answer : List.of(first, sameClient, sameRow)) {
                assertThat(Answer.isApplied(EngineFixture.get(answer))).isTrue();
            }
        }
        assertThat(titlesInLog()).containsExactly("4", "1", "2", "3");
    }

    @Test
    @DisplayName("[MUT10] order is kept where the batch had to be split, too")
    void keepsOrderApart() throws Exception {
        try (LockedRow blocked = LockedRow.serial(database, "unique")) {
            CompletableFuture<MutationResult> first = submit(ASKED.by("c1", "1").insertsTool("axe", "unique"));
            CompletableFuture<MutationResult> sameClient =
                    submit(ASKED.by("c1", "2").retitlesTask("free", "2"));
            CompletableFuture<MutationResult> other = submit(ASKED.by("c2", "1").retitlesTask("held", "3"));
            thread = EngineFixture.start(writer);
            assertThat(Answer.isApplied(EngineFixture.get(other))).isTrue();
            assertThat(List.of(first, sameClient)).noneMatch(CompletableFuture::isDone);
            blocked.release();
            assertThat(Answer.applied(EngineFixture.get(first)).last())
                    .isLessThan(Answer.applied(EngineFixture.get(sameClient)).last());
        }
    }

    /** A mutation that has been waiting for so long already. */
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
    @DisplayName("[MUT10] after 8 s a blocked mutation is refused as UNAVAILABLE, and not applied after the release")
    void refusedInTheEnd() throws Exception {
        try (LockedRow blocked = LockedRow.task(database, "held")) {
            thread = EngineFixture.start(writer);
            CompletableFuture<MutationResult> waits =
                    submitAfter(Duration.ofMillis(7_500), ASKED.retitlesTask("held", "one"));

            assertThat(Answer.code(EngineFixture.get(waits))).isEqualTo(ErrorCode.UNAVAILABLE);
            blocked.release();
            assertThat(Answer.isApplied(EngineFixture.get(submit(ASKED.retitlesTask("held", "two")))))
                    .isTrue();
        }
        assertThat(titlesInLog()).containsExactly("two");
    }

    @Test
    @DisplayName("[MUT12] a mutation that waited longer than 8 s in the queue is refused as UNAVAILABLE, and not applied")
    void waitedTooLong() {
        CompletableFuture<MutationResult> late = submitAfter(Duration.ofSeconds(8), ASKED.retitlesTask("free", "late"));
        CompletableFuture<MutationResult> inTime =
                submitAfter(Duration.ofSeconds(5), ASKED.retitlesTask("free", "in time"));
        thread = EngineFixture.start(writer);

        assertThat(Answer.code(EngineFixture.get(late))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(Answer.isApplied(EngineFixture.get(inTime))).isTrue();
        assertThat(titlesInLog()).containsExactly("in time");
    }

    @Test
    @DisplayName("[MUT10] a locked row of another room blocks no delete, even if it holds the deleted id")
    void heldElsewhere() throws Exception {
        engine.together(
                ASKED.inserts("sheets", "s", Map.of()),
                MutationFixture.in("p2").inserts("remarks", "stray", Map.of("sheet", "s")));
        try (LockedRow blocked = LockedRow.remark(database, "stray")) {
            CompletableFuture<MutationResult> deleted = submit(ASKED.deletes("sheets", "s"));
            CompletableFuture<MutationResult> inItsRoom =
                    submit(MutationFixture.in("p2").insertsTask("new", "two"));
            thread = EngineFixture.start(writer);

            assertThat(Answer.isApplied(EngineFixture.get(deleted))).isTrue();
            assertThat(Answer.isApplied(EngineFixture.get(inItsRoom))).isTrue();
            blocked.release();
        }
    }

    @Test
    @DisplayName("[MUT10] a delete of a locked row's parent waits, and no other mutation does")
    void heldChild() throws Exception {
        engine.together(
                ASKED.inserts("sheets", "s", Map.of()),
                ASKED.inserts("remarks", "r1", Map.of("sheet", "s")),
                ASKED.inserts("remarks", "r2", Map.of("replyTo", "r1")));
        try (LockedRow blocked = LockedRow.remark(database, "r2")) {
            CompletableFuture<MutationResult> waits = submit(ASKED.deletes("sheets", "s"));
            CompletableFuture<MutationResult> sameGroup = submit(ASKED.retitlesTask("free", "two"));
            thread = EngineFixture.start(writer);

            assertThat(Answer.isApplied(EngineFixture.get(sameGroup))).isTrue();
            assertThat(waits).isNotDone();
            blocked.release();
            assertThat(Answer.isApplied(EngineFixture.get(waits))).isTrue();
        }
        assertThat(engine.commits().getLast().actions())
                .extracting(action -> action.entry().entityId().value())
                .containsExactly("s", "r1", "r2");
    }
}
