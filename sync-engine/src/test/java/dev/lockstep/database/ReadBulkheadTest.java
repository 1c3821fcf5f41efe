package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReadBulkheadTest {
    private static final int READERS_MAX = 2;
    private static final int WAITING_MAX = 64;

    private final Queue<Runnable> running = new ArrayDeque<>();
    private final ReadBulkhead turns =
            new ReadBulkhead(READERS_MAX, WAITING_MAX, IllegalStateException::new, running::add);

    private List<CompletableFuture<Integer>> ask(int count) {
        List<CompletableFuture<Integer>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            asked.add(turns.submit(() -> number).toCompletableFuture());
        }
        return asked;
    }

    private void runAll() {
        for (Runnable next = running.poll(); next != null; next = running.poll()) {
            assertThat(running).hasSizeLessThan(READERS_MAX);
            next.run();
        }
    }

    @Test
    @Tag("SNAP4")
    @DisplayName("[SNAP4] two reads run at a time, the others wait in order; one beyond the queue's limit is refused")
    void bounded() {
        int most = READERS_MAX + WAITING_MAX;
        List<CompletableFuture<Integer>> asked = ask(most + 1);

        assertThat(running).hasSize(READERS_MAX);
        assertThat(asked.getLast()).isCompletedExceptionally();
        runAll();
        for (int i = 0; i < most; i++) {
            assertThat(asked.get(i)).isCompletedWithValue(i);
        }
        assertThat(ask(1).getFirst()).isNotDone();
    }

    @Test
    @Tag("SNAP4")
    @DisplayName("[SNAP4] a read that fails, or cannot begin, returns its permit")
    void failing() {
        List<CompletableFuture<?>> failed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            failed.add(turns.submit(() -> {
                        throw new IllegalStateException("no rows");
                    })
                    .toCompletableFuture());
        }
        CompletableFuture<Integer> last = ask(1).getFirst();
        runAll();

        assertThat(failed).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(last).isCompletedWithValue(0);
        ReadBulkhead stopped = new ReadBulkhead(READERS_MAX, WAITING_MAX, IllegalStateException::new, task -> {
            throw new RejectedExecutionException();
        });
        for (int i = 0; i < 100; i++) {
            assertThat(stopped.submit(() -> 1).toCompletableFuture()).isCompletedExceptionally();
        }
    }
}
