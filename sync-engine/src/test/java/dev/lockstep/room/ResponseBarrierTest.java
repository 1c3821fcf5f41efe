package dev.lockstep.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ResponseBarrierTest {
    /** Longer than any machine takes to start a thread. */
    private static final Duration PATIENT = Duration.ofSeconds(10);

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private static Executor onNewThreads() {
        return task -> new Thread(task).start();
    }

    /** So many batches that a missing wait would show in one of them. */
    @Test
    @Tag("PUB1")
    @DisplayName("[PUB1] a batch continues when responses of other threads have been written")
    void waits() {
        ResponseBarrier responseBarrier = new ResponseBarrier(PATIENT);
        for (int i = 0; i < 200; i++) {
            seen.clear();
            responseBarrier.sendAnswers(() -> responseBarrier.on(onNewThreads()).execute(() -> seen.add("answer")));
            responseBarrier.await();
            seen.add("frames");
            assertThat(seen).containsExactly("answer", "frames");
        }
    }

    @Test
    @Tag("PUB1")
    @DisplayName("[PUB1] a response that is not written delays the frames for a short time only")
    void notForLong() throws InterruptedException {
        ResponseBarrier responseBarrier = new ResponseBarrier(Duration.ofMillis(1));
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        responseBarrier.sendAnswers(() -> responseBarrier.on(onNewThreads()).execute(() -> {
            await(stuck);
            left.countDown();
        }));
        responseBarrier.await();
        seen.add("frames");
        responseBarrier.sendAnswers(() -> seen.add("next group"));
        responseBarrier.await(); // not for the answer of the batch before it

        assertThat(seen).containsExactly("frames", "next group");
        stuck.countDown();
        left.await();
    }

    @Test
    @Tag("PUB1")
    @DisplayName("[PUB1] a response that cannot be written is not waited for")
    void refused() {
        ResponseBarrier responseBarrier = new ResponseBarrier(PATIENT);
        Executor refusing = responseBarrier.on(task -> {
            throw new RejectedExecutionException("the server stops");
        });

        assertThatThrownBy(() -> responseBarrier.sendAnswers(() -> refusing.execute(() -> {})))
                .isInstanceOf(RejectedExecutionException.class);
        responseBarrier.await();
        responseBarrier.sendAnswers(() -> seen.add("next group"));
        assertThat(seen).containsExactly("next group");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
