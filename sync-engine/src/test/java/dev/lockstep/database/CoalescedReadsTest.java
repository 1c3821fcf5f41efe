package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CoalescedReadsTest {
    private final Queue<Runnable> running = new ArrayDeque<>();
    private final ReadBulkhead turns = new ReadBulkhead(1, 1, IllegalStateException::new, running::add);
    private final CoalescedReads<String, String> shared =
            new CoalescedReads<>(turns, CoalescedReadsTest::numbered, this::joined);
    private int read;
    private int joined;

    private void joined() {
        joined++;
    }

    private static List<String> numbered(String text, int askers) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < askers; i++) {
            all.add(text + "/" + i);
        }
        return all;
    }

    private CompletableFuture<String> ask(String wanted) {
        return ask(wanted, () -> wanted + ++read);
    }

    private CompletableFuture<String> ask(String wanted, Supplier<String> reader) {
        return shared.submit(wanted, reader).toCompletableFuture();
    }

    private void runAll() {
        for (Runnable next = running.poll(); next != null; next = running.poll()) {
            next.run();
        }
    }

    @Test
    @Tag("SNAP6")
    @DisplayName("[SNAP6] equal requests share a read that has not begun; a different request has its own")
    void shared() {
        CompletableFuture<String> first = ask("a");
        CompletableFuture<String> second = ask("a");
        CompletableFuture<String> other = ask("b");
        CompletableFuture<String> third = ask("a");

        runAll();

        assertThat(first).isCompletedWithValue("a1/0");
        assertThat(second).isCompletedWithValue("a1/1");
        assertThat(third).isCompletedWithValue("a1/2");
        assertThat(other).isCompletedWithValue("b2/0");
        assertThat(joined).isEqualTo(2);
    }

    @Test
    @Tag("SNAP6")
    @DisplayName("[SNAP6] a request after a read has begun does not share it")
    void later() {
        List<CompletableFuture<String>> late = new ArrayList<>();
        CompletableFuture<String> first = ask("a", () -> {
            late.add(ask("a"));
            return "early";
        });

        runAll();

        assertThat(first).isCompletedWithValue("early/0");
        assertThat(late.getFirst()).isCompletedWithValue("a1/0");
    }

    @Test
    @Tag("SNAP6")
    @DisplayName("[SNAP6] all requests of a shared read learn that it failed or was refused, and may retry")
    void failed() {
        CompletableFuture<String> first = ask("a", () -> {
            throw new IllegalStateException("no rows");
        });
        CompletableFuture<String> second = ask("a");
        CompletableFuture<String> waiting = ask("b");
        CompletableFuture<String> refused = ask("c");
        assertThat(refused).isCompletedExceptionally();

        runAll();
        CompletableFuture<String> again = ask("c");
        runAll();

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        assertThat(waiting).isCompletedWithValue("b1/0");
        assertThat(again).isCompletedWithValue("c2/0");
        assertThat(ask("a")).isNotDone();
    }

    @Test
    @Tag("SNAP6")
    @DisplayName("[SNAP6] a read has a maximum of sharers; the next request starts another")
    void bounded() {
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int i = 0; i <= CoalescedReads.CALLERS_MAX; i++) {
            asked.add(ask("a"));
        }

        runAll();

        assertThat(asked.get(CoalescedReads.CALLERS_MAX - 1))
                .isCompletedWithValue("a1/" + (CoalescedReads.CALLERS_MAX - 1));
        assertThat(asked.getLast()).isCompletedWithValue("a2/0");
    }

    @Test
    @Tag("SNAP6")
    @DisplayName("[SNAP6] requests that share a read learn that a stopping server never begins it")
    void stopping() {
        CoalescedReads<String, String> stopped = new CoalescedReads<>(
                new ReadBulkhead(1, 1, IllegalStateException::new, task -> {
                    throw new IllegalStateException("stopped");
                }),
                CoalescedReadsTest::numbered,
                () -> {});

        assertThat(stopped.submit("a", () -> "a").toCompletableFuture()).isCompletedExceptionally();
        assertThat(stopped.submit("a", () -> "a").toCompletableFuture()).isCompletedExceptionally();
    }
}
