package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Any thread adds, the writer's thread drains and closes: every interleaving must equal a sequential order. */
@Param(name = "number", gen = IntGen.class, conf = "1:3")
public class MutationQueueInterleavingsTest {
    private static final Refusal CLOSED = new Refusal(ErrorCode.UNAVAILABLE, "closed");
    private static final Mutation ANY = MutationFixture.in("p1").insertsTask("t", "t");

    private final MutationQueue queue = new MutationQueue();
    private boolean closed;

    /** Identified by the time at which it was queued. */
    private static QueuedMutation waiting(int number) {
        return new QueuedMutation(ANY, List.of(), Optional.empty(), 1, number, new CompletableFuture<>());
    }

    private static List<Long> numbers(List<QueuedMutation> batch) {
        List<Long> numbers = new ArrayList<>();
        for (QueuedMutation queued : batch) {
            numbers.add(queued.queuedAtNanos());
        }
        return numbers;
    }

    /** Whether the mutation waits now. */
    @Operation
    public boolean add(@Param(name = "number") int number) {
        return queue.add(waiting(number)).isEmpty();
    }

    /** A writer closes its queue once, and does not drain it afterwards. */
    @Operation(nonParallelGroup = "writer")
    public List<Long> drain() throws InterruptedException {
        List<QueuedMutation> batch = new ArrayList<>();
        if (!closed) {
            queue.drain(Duration.ZERO, batch::add);
        }
        return numbers(batch);
    }

    /** The rest of the queue when the writer stops. */
    @Operation(nonParallelGroup = "writer")
    public List<Long> close() {
        if (closed) {
            return List.of();
        }
        closed = true;
        return numbers(queue.close(CLOSED));
    }

    @Test
    @Tag("MUT8")
    @DisplayName("[MUT8] a mutation that is added while the queue closes is refused or returned, never lost")
    void linearizable() {
        new ModelCheckingOptions()
                .iterations(12)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0) // or it would be closed before any other operation
                .actorsAfter(1)
                .check(MutationQueueInterleavingsTest.class);
    }
}
