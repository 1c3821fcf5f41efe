package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MutationQueueTest {
    private static final Duration NO_PATIENCE = Duration.ZERO;
    private static final Refusal STOPPING = new Refusal(ErrorCode.UNAVAILABLE, "stopping");

    private final MutationQueue queue = new MutationQueue();

    private static QueuedMutation waiting(int changes) {
        return waiting(changes, 10);
    }

    private static QueuedMutation waiting(int changes, long characters) {
        QueuedMutation any = new QueuedMutation(MutationFixture.in("p1").deletesTask("a"), List.of());
        return new QueuedMutation(
                any.mutation(),
                Collections.nCopies(changes, ChangeFixture.ANY),
                any.key(),
                characters,
                any.queuedAtNanos(),
                any.answer());
    }

    private List<QueuedMutation> drained() throws InterruptedException {
        List<QueuedMutation> batch = new ArrayList<>();
        queue.drain(NO_PATIENCE, batch::add);
        return batch;
    }

    /** Adds mutations of one change each. */
    private void add(int mutations) {
        for (int i = 0; i < mutations; i++) {
            assertThat(queue.add(waiting(1))).isEmpty();
        }
    }

    @Test
    @Tag("MUT7")
    @DisplayName("[MUT7] mutations beyond the limit are refused as OVERLOADED, retryable, until others leave the queue")
    void bounded() throws InterruptedException {
        add(MutationQueue.WAITING_MAX);

        assertThat(queue.add(waiting(1))).map(Refusal::code).contains(ErrorCode.OVERLOADED);
        assertThat(ErrorCode.OVERLOADED.retryable()).isTrue();
        drained();
        assertThat(queue.add(waiting(1))).isEmpty();
    }

    @Test
    @Tag("MUT7")
    @DisplayName("[MUT7] a batch is bounded in mutations, and takes the oldest first")
    void groupMutations() throws InterruptedException {
        QueuedMutation first = waiting(1);
        queue.add(first);
        add(MutationQueue.BATCH_MUTATIONS_MAX);

        assertThat(drained()).hasSize(MutationQueue.BATCH_MUTATIONS_MAX).first().isSameAs(first);
        assertThat(drained()).hasSize(1);
        assertThat(drained()).isEmpty();
    }

    @Test
    @Tag("MUT7")
    @DisplayName("[MUT7] a batch is bounded in changes, unless one mutation has more")
    void groupChanges() throws InterruptedException {
        queue.add(waiting(MutationQueue.BATCH_CHANGES_MAX - 1));
        queue.add(waiting(1));
        queue.add(waiting(1));
        queue.add(waiting(MutationQueue.BATCH_CHANGES_MAX + 5));

        assertThat(drained()).hasSize(2);
        assertThat(drained()).hasSize(1);
        assertThat(drained()).hasSize(1);
    }

    @Test
    @Tag("MUT7")
    @DisplayName("[MUT7] a batch is bounded in characters, unless one mutation has more")
    void groupCharacters() throws InterruptedException {
        queue.add(waiting(1, MutationQueue.BATCH_CHARACTERS_MAX - 1));
        queue.add(waiting(1, 1));
        queue.add(waiting(1, 1));
        queue.add(waiting(1, MutationQueue.BATCH_CHARACTERS_MAX + 1));

        assertThat(drained()).hasSize(2);
        assertThat(drained()).hasSize(1);
        assertThat(drained()).hasSize(1);
    }

    @Test
    @Tag("MUT7")
    @DisplayName("[MUT7] unanswered mutations are bounded in characters, also those that the writer has taken")
    void unansweredCharacters() throws InterruptedException {
        QueuedMutation half = waiting(1, MutationQueue.UNANSWERED_CHARACTERS_MAX / 2);
        assertThat(queue.add(half)).isEmpty();
        assertThat(queue.add(waiting(1, MutationQueue.UNANSWERED_CHARACTERS_MAX / 2)))
                .isEmpty();

        assertThat(queue.add(waiting(1, 1))).map(Refusal::code).contains(ErrorCode.OVERLOADED);
        drained();
        assertThat(queue.add(waiting(1, 1))).map(Refusal::code).contains(ErrorCode.OVERLOADED);
        half.refuse(STOPPING);
        assertThat(queue.add(waiting(1, 1))).isEmpty();
    }

    @Test
    @Tag("MUT18")
    @DisplayName(
            "[MUT18] of mutations submitted together none overtakes one that did not fit; one that can never fit is skipped")
    void nonePasses() throws InterruptedException {
        QueuedMutation never = waiting(1, MutationQueue.UNANSWERED_CHARACTERS_MAX + 1);
        QueuedMutation first = waiting(1);
        QueuedMutation large = waiting(1, MutationQueue.UNANSWERED_CHARACTERS_MAX);
        QueuedMutation small = waiting(1);
        queue.addAll(List.of(never, first, large, small));

        assertThat(Results.code(EngineFixture.get(never.answer()))).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(Results.code(EngineFixture.get(large.answer()))).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(Results.code(EngineFixture.get(small.answer()))).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(drained()).containsExactly(first);
    }

    @Test
    @Tag("MUT7")
    @DisplayName("[MUT7] a mutation that can never fit is refused for good")
    void neverFits() {
        assertThat(queue.add(waiting(1, MutationQueue.UNANSWERED_CHARACTERS_MAX + 1)))
                .map(Refusal::code)
                .contains(ErrorCode.TOO_LARGE);
    }

    @Test
    @Tag("MUT8")
    @DisplayName("[MUT8] a closed queue returns what waits, and refuses the rest")
    void closed() {
        QueuedMutation left = waiting(1);
        queue.add(left);

        assertThat(queue.close(STOPPING)).containsExactly(left);
        assertThat(queue.add(waiting(1))).contains(STOPPING);
    }
}
