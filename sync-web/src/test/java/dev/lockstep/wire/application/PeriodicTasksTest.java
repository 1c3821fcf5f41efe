package dev.lockstep.wire.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PeriodicTasksTest {
    private static final Duration OFTEN = Duration.ofMillis(1);

    private final ScheduledThreadPoolExecutor executor = PeriodicTasks.executor(Thread::new);

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    @Test
    @Tag("OPS10")
    @Tag("CS8")
    @DisplayName("[OPS10][CS8] a task that throws runs again; a cancelled task is released at once")
    void runs() throws InterruptedException {
        CountDownLatch runs = new CountDownLatch(3);
        Future<?> task = PeriodicTasks.every(executor, OFTEN, () -> {
            runs.countDown();
            throw new IllegalStateException("as the test wants it");
        });
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
        Future<?> other = PeriodicTasks.every(executor, Duration.ofHours(1), () -> {});
        other.cancel(false);
        task.cancel(false);
        assertThat(executor.getQueue()).doesNotContain((Runnable) other);
    }

    @Test
    @Tag("OPS10")
    @Tag("CS8")
    @DisplayName("[OPS10][CS8] after the shutdown no task runs, and no late task causes an error")
    void ended() throws InterruptedException {
        Future<?> task = PeriodicTasks.every(executor, OFTEN, () -> {});
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(task.isCancelled()).isTrue();
        Future<?> late = PeriodicTasks.every(executor, OFTEN, () -> {
            throw new AssertionError("it ran after the end");
        });
        assertThat(late.isDone()).isFalse();
    }
}
