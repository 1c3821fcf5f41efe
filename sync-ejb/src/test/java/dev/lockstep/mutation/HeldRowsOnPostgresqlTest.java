package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.collection.RowReader;
import dev.lockstep.database.TestDatabase;
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
class HeldRowsOnPostgresqlTest {
    private static final AMutation ASKED = AMutation.in("p1");

    private final TestDatabase database = TestDatabase.postgresql().emptied();
    private final Workshop workshop = new Workshop(database);
    private final GroupWriter writer = workshop.writer();
    private Thread thread = new Thread();

    @BeforeEach
    void rows() {
        workshop.together(ASKED.insertsTask("held", "t"), ASKED.insertsTask("free", "t"));
    }

    @AfterEach
    void end() {
        Workshop.end(writer, thread);
    }

    private CompletableFuture<MutationResult> submit(Mutation mutation) {
        return writer.submit(mutation).toCompletableFuture();
    }

    private List<String> titlesInLog() {
        return workshop.commits().stream()
                .skip(2)
                .flatMap(commit -> commit.actions().stream())
                .map(action -> action.entry().rowAfter().orElseThrow().replaceAll(".*\"title\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    @DisplayName("[MUT10] who wants a held row waits, and nobody else; when it is let go, all is done")
    void waitsAside() throws Exception {
        try (HeldRow blocked = HeldRow.task(database, "held")) {
            CompletableFuture<MutationResult> waits = submit(ASKED.retitlesTask("held", "one"));
            CompletableFuture<MutationResult> sameGroup = submit(ASKED.retitlesTask("free", "two"));
            thread = Workshop.start(writer);

            assertThat(Answer.isApplied(Workshop.get(sameGroup))).isTrue();
            assertThat(Answer.isApplied(Workshop.get(submit(ASKED.retitlesTask("free", "three")))))
                    .isTrue();
            assertThat(waits).isNotDone();
            blocked.release();
            assertThat(Answer.isApplied(Workshop.get(waits))).isTrue();
        }
        assertThat(titlesInLog()).containsExactly("two", "three", "one");
    }

    @Test
    @DisplayName("[MUT10] those of the same client, and those of the same row, stay behind it")
    void keepsOrder() throws Exception {
        try (HeldRow blocked = HeldRow.task(database, "held")) {
            CompletableFuture<MutationResult> first = submit(ASKED.by("c1", "1").retitlesTask("held", "1"));
            CompletableFuture<MutationResult> sameClient =
                    submit(ASKED.by("c1", "2").retitlesTask("free", "2"));
            CompletableFuture<MutationResult> sameRow =
                    submit(ASKED.by("c2", "1").retitlesTask("held", "3"));
            CompletableFuture<MutationResult> other = submit(ASKED.by("c3", "1").insertsTask("new", "4"));
            thread = Workshop.start(writer);
            assertThat(Answer.isApplied(Workshop.get(other))).isTrue();
            assertThat(List.of(first, sameClient, sameRow)).noneMatch(CompletableFuture::isDone);
            blocked.release();
            for (CompletableFuture<MutationResult> answer : List.of(first, sameClient, sameRow)) {
                assertThat(Answer.isApplied(Workshop.get(answer))).isTrue();
            }
        }
        assertThat(titlesInLog()).containsExactly("4", "1", "2", "3");
    }

    @Test
    @DisplayName("[MUT10] order is kept, too, where the group had to be taken apart")
    void keepsOrderApart() throws Exception {
        try (HeldRow blocked = HeldRow.serial(database, "unique")) {
            CompletableFuture<MutationResult> first = submit(ASKED.by("c1", "1").insertsTool("axe", "unique"));
            CompletableFuture<MutationResult> sameClient =
                    submit(ASKED.by("c1", "2").retitlesTask("free", "2"));
            CompletableFuture<MutationResult> other = submit(ASKED.by("c2", "1").retitlesTask("held", "3"));
            thread = Workshop.start(writer);
            assertThat(Answer.isApplied(Workshop.get(other))).isTrue();
            assertThat(List.of(first, sameClient)).noneMatch(CompletableFuture::isDone);
            blocked.release();
            assertThat(Answer.applied(Workshop.get(first)).last())
                    .isLessThan(Answer.applied(Workshop.get(sameClient)).last());
        }
    }

    /** A mutation that has been waiting for so long already. */
    private CompletableFuture<MutationResult> submitAfter(Duration waited, Mutation mutation) {
        Preparation preparation =
                new Preparation(TestDatabase.collections(), new RowReader(Validation.buildDefaultValidatorFactory()));
        Waiting now = new Waiting(mutation, preparation.prepare(mutation));
        Waiting earlier = new Waiting(
                mutation,
                now.changes(),
                now.key(),
                now.characters(),
                now.queuedAtNanos() - waited.toNanos(),
                now.answer());
        return writer.enqueue(earlier).toCompletableFuture();
    }

    @Test
    @DisplayName("[MUT10] after 8 s it is refused as UNAVAILABLE, and not done when the row is let go")
    void refusedInTheEnd() throws Exception {
        try (HeldRow blocked = HeldRow.task(database, "held")) {
            thread = Workshop.start(writer);
            CompletableFuture<MutationResult> waits =
                    submitAfter(Duration.ofMillis(7_500), ASKED.retitlesTask("held", "one"));

            assertThat(Answer.code(Workshop.get(waits))).isEqualTo(ErrorCode.UNAVAILABLE);
            blocked.release();
            assertThat(Answer.isApplied(Workshop.get(submit(ASKED.retitlesTask("held", "two")))))
                    .isTrue();
        }
        assertThat(titlesInLog()).containsExactly("two");
    }

    @Test
    @DisplayName("[MUT12] a mutation that waited longer than 8 s for its turn is refused as UNAVAILABLE, and not done")
    void waitedTooLong() {
        CompletableFuture<MutationResult> late = submitAfter(Duration.ofSeconds(8), ASKED.retitlesTask("free", "late"));
        CompletableFuture<MutationResult> inTime =
                submitAfter(Duration.ofSeconds(5), ASKED.retitlesTask("free", "in time"));
        thread = Workshop.start(writer);

        assertThat(Answer.code(Workshop.get(late))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(Answer.isApplied(Workshop.get(inTime))).isTrue();
        assertThat(titlesInLog()).containsExactly("in time");
    }

    @Test
    @DisplayName("[MUT10] a held row of another room is in nobody's way, though it holds the id of what is deleted")
    void heldElsewhere() throws Exception {
        workshop.together(
                ASKED.inserts("sheets", "s", Map.of()),
                AMutation.in("p2").inserts("remarks", "stray", Map.of("sheet", "s")));
        try (HeldRow blocked = HeldRow.remark(database, "stray")) {
            CompletableFuture<MutationResult> deleted = submit(ASKED.deletes("sheets", "s"));
            CompletableFuture<MutationResult> inItsRoom =
                    submit(AMutation.in("p2").insertsTask("new", "two"));
            thread = Workshop.start(writer);

            assertThat(Answer.isApplied(Workshop.get(deleted))).isTrue();
            assertThat(Answer.isApplied(Workshop.get(inItsRoom))).isTrue();
            blocked.release();
        }
    }

    @Test
    @DisplayName("[MUT10] who deletes the parent of a held row waits, and nobody else")
    void heldChild() throws Exception {
        workshop.together(
                ASKED.inserts("sheets", "s", Map.of()),
                ASKED.inserts("remarks", "r1", Map.of("sheet", "s")),
                ASKED.inserts("remarks", "r2", Map.of("replyTo", "r1")));
        try (HeldRow blocked = HeldRow.remark(database, "r2")) {
            CompletableFuture<MutationResult> waits = submit(ASKED.deletes("sheets", "s"));
            CompletableFuture<MutationResult> sameGroup = submit(ASKED.retitlesTask("free", "two"));
            thread = Workshop.start(writer);

            assertThat(Answer.isApplied(Workshop.get(sameGroup))).isTrue();
            assertThat(waits).isNotDone();
            blocked.release();
            assertThat(Answer.isApplied(Workshop.get(waits))).isTrue();
        }
        assertThat(workshop.commits().getLast().actions())
                .extracting(action -> action.entry().entityId().value())
                .containsExactly("s", "r1", "r2");
    }
}
