package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final Queue<Runnable> executor = new ArrayDeque<>();
    private final SerialExecutor serialExecutor = new SerialExecutor(executor::add);
    private final List<String> done = new ArrayList<>();

    private void runAll() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }

    private Supplier<CompletionStage<?>> step(String name) {
        return step(name, CompletableFuture.completedFuture(null));
    }

    private Supplier<CompletionStage<?>> step(String name, CompletionStage<?> answer) {
        return () -> {
            done.add(name);
            return answer;
        };
    }

    @Test
    @Tag("WIRE1")
    @DisplayName("[WIRE1] no step runs on the submitting thread")
    void elsewhere() {
        serialExecutor.add(0, step("a"));

        assertThat(done).isEmpty();
        runAll();
        assertThat(done).containsExactly("a");
    }

    @Test
    @Tag("WIRE1")
    @DisplayName("[WIRE1] a step begins when the step before it is complete")
    void inOrder() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        serialExecutor.add(0, step("a", answer));
        serialExecutor.add(0, step("b"));
        runAll();
        assertThat(done).containsExactly("a");

        answer.complete("answered");
        runAll();

        assertThat(done).containsExactly("a", "b");
    }

    @Test
    @Tag("WIRE1")
    @DisplayName("[WIRE1] a failed step does not stop the others")
    void failures() {
        serialExecutor.add(
                0, step("a", CompletableFuture.failedStage(new IllegalStateException("as the test wants it"))));
        serialExecutor.add(0, () -> {
            throw new IllegalStateException("as the test wants it");
        });
        serialExecutor.add(0, step("b"));
        runAll();

        assertThat(done).containsExactly("a", "b");
    }

    @Test
    @Tag("WIRE1")
    @DisplayName("[WIRE1] the queue is bounded; a rejected step is reported")
    void bounded() {
        serialExecutor.add(0, step("at work", new CompletableFuture<>()));
        runAll();
        for (int i = 0; i < SerialExecutor.WAITING_MAX; i++) {
            assertThat(serialExecutor.add(0, step("waits"))).isTrue();
        }

        assertThat(serialExecutor.add(0, step("too much"))).isFalse();
    }

    @Test
    @Tag("WIRE1")
    @DisplayName("[WIRE1] the queue is bounded in characters, too")
    void boundedByCharacters() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        serialExecutor.add(0, step("at work", answer));
        serialExecutor.add(SerialExecutor.WAITING_CHARACTERS_MAX - 1, step("long"));
        assertThat(serialExecutor.add(2, step("too much"))).isFalse();
        assertThat(serialExecutor.add(1, step("fits"))).isTrue();
        runAll();

        answer.complete("answered");
        runAll();

        assertThat(done).containsExactly("at work", "long", "fits");
    }

    @Test
    @Tag("WIRE1")
    @DisplayName("[WIRE1] a running step does not count as waiting, and an empty queue accepts one step of any length")
    void fitsAlone() {
        serialExecutor.add(SerialExecutor.WAITING_CHARACTERS_MAX, step("at work", new CompletableFuture<>()));
        runAll();

        assertThat(serialExecutor.add(SerialExecutor.WAITING_CHARACTERS_MAX + 1, step("waits")))
                .isTrue();
        assertThat(serialExecutor.add(0, step("holds nothing"))).isFalse();
    }

    @Test
    @Tag("WIRE1")
    @DisplayName("[WIRE1] the last step runs after the current one and replaces the waiting ones, once")
    void last() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        serialExecutor.add(0, step("at work", answer));
        serialExecutor.add(0, step("waits"));
        runAll();

        serialExecutor.close(() -> done.add("last"));
        serialExecutor.close(() -> done.add("again"));
        runAll();
        assertThat(done).containsExactly("at work");
        answer.complete("answered");
        runAll();

        assertThat(done).containsExactly("at work", "last");
        assertThat(serialExecutor.add(0, step("late"))).isFalse();
    }

    @Test
    @Tag("OPS10")
    @Tag("CS8")
    @DisplayName("[OPS10][CS8] steps for which a stopping server has no thread are dropped, and the last one causes no"
            + " failure")
    void stopping() {
        SerialExecutor rejected = new SerialExecutor(task -> {
            throw new RejectedExecutionException("the server is stopping");
        });

        assertThat(rejected.add(0, () -> {
                    throw new AssertionError("nobody runs it");
                }))
                .isTrue();
        rejected.close(() -> {
            throw new AssertionError("nobody runs it");
        });
        assertThat(rejected.add(0, () -> CompletableFuture.completedStage(null)))
                .isFalse();
    }
}
