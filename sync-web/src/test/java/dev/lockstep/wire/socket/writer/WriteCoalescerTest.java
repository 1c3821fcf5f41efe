package dev.lockstep.wire.socket.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WriteCoalescerTest {
    private static final Duration PACE = Duration.ofMillis(16);

    private long nanos = Long.MAX_VALUE - 5; // they may overflow
    private final Queue<Runnable> now = new ArrayDeque<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final List<Long> waits = new ArrayList<>();
    private final IoThreadWriteQueue thread = new IoThreadWriteQueue(now::add, this::later, () -> nanos);
    private final List<String> taken = new ArrayList<>();

    private void later(Runnable task, long afterNanos) {
        later.add(task);
        waits.add(afterNanos);
    }

    private WriteCoalescer socket(Duration interval) {
        return new WriteCoalescer(thread, interval, () -> nanos);
    }

    private void write(WriteCoalescer socket, String name) {
        socket.add(() -> {
            taken.add(name);
            socket.recordWrite();
        });
    }

    /** A socket that has been busy until now on a busy thread, and so coalesces its writes. */
    private WriteCoalescer busySocket(String name) {
        keepThreadBusy();
        WriteCoalescer socket = socket(PACE);
        for (int i = 0; i < WriteCoalescer.FREE_WRITES; i++) {
            write(socket, name);
            run(now);
        }
        taken.clear();
        return socket;
    }

    private void keepThreadBusy() {
        for (int i = 0; i < IoThreadWriteQueue.BUSY_WRITES; i++) {
            thread.recordWrite();
        }
    }

    private static void run(Queue<Runnable> tasks) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Test
    @Tag("WIRE7")
    @DisplayName("[WIRE7] a quiet socket is written at once, a bounded number of times")
    void quiet() {
        WriteCoalescer socket = busySocket("busy");
        nanos += 4 * PACE.toNanos();
        keepThreadBusy();
        for (int i = 0; i < WriteCoalescer.FREE_WRITES; i++) {
            write(socket, "again");
            run(now);
        }

        assertThat(taken).hasSize(WriteCoalescer.FREE_WRITES);
        assertThat(later).isEmpty();
        write(socket, "one more");
        assertThat(now).isEmpty();
        assertThat(later).hasSize(1);
    }

    @Test
    @Tag("WIRE7")
    @DisplayName("[WIRE7] a busy socket is written at once while its I/O thread is not busy")
    void idleThread() {
        WriteCoalescer socket = socket(PACE);
        for (int i = 0; i < IoThreadWriteQueue.BUSY_WRITES; i++) {
            write(socket, "at once");
            run(now);
        }

        assertThat(taken).hasSize(IoThreadWriteQueue.BUSY_WRITES);
        write(socket, "the thread is busy now");
        assertThat(now).isEmpty();
        assertThat(later).hasSize(1);
    }

    @Test
    @Tag("WIRE7")
    @DisplayName("[WIRE7] an I/O thread is not busy any more after a window with few writes")
    void calmThread() {
        WriteCoalescer socket = busySocket("busy");
        nanos += PACE.toNanos() - 1;
        assertThat(thread.isBusy()).isTrue();
        nanos += PACE.toNanos() + 1;
        assertThat(thread.isBusy()).isFalse();
        write(socket, "due anyway");
        run(now);

        assertThat(taken).containsExactly("due anyway");
        assertThat(thread.isBusy()).isFalse();
    }

    @Test
    @Tag("WIRE7")
    @DisplayName("[WIRE7] busy sockets are written together, after the interval")
    void busy() {
        WriteCoalescer a = busySocket("a");
        WriteCoalescer b = busySocket("b");
        nanos += PACE.toNanos() - 1;
        write(a, "a");
        write(b, "b");
        run(now);
        assertThat(taken).isEmpty();
        assertThat(later).hasSize(1);

        run(later);
        run(now);
        assertThat(taken).containsExactly("a", "b");
        nanos += PACE.toNanos() - 1;
        write(a, "a again");
        run(now);
        assertThat(taken).containsExactly("a", "b");
        nanos += 1;
        run(later);
        write(b, "b again");
        run(now);
        assertThat(taken).containsExactly("a", "b", "a again", "b again");
    }

    @Test
    @Tag("WIRE7")
    @DisplayName("[WIRE7] a busy socket waits for the rest of the interval since its last write")
    void restOfTheInterval() {
        WriteCoalescer socket = busySocket("busy");
        nanos += PACE.toNanos() - 3;
        write(socket, "soon");
        assertThat(waits).containsExactly(3L);
        nanos += 3;
        run(later);
        run(now);

        assertThat(taken).containsExactly("soon");
    }

    @Test
    @Tag("WIRE7")
    @DisplayName("[WIRE7] a socket that is due earlier does not wait for the others, but they are written with it")
    void sooner() {
        WriteCoalescer a = busySocket("a");
        nanos += PACE.toNanos() - 2_000_000;
        WriteCoalescer b = busySocket("b");
        write(b, "b");
        write(a, "a");
        assertThat(waits).containsExactly(PACE.toNanos(), 2_000_000L);
        Runnable late = later.remove();
        nanos += 2_000_000;
        run(later);
        run(now);
        assertThat(taken).containsExactly("b", "a");

        nanos += 1;
        write(a, "a again");
        late.run(); // it is not what a waits for now
        run(now);
        assertThat(taken).containsExactly("b", "a");
        run(later);
        run(now);
        assertThat(taken).containsExactly("b", "a", "a again");
    }

    @Test
    @Tag("WIRE7")
    @DisplayName("[WIRE7] sockets that are due at nearly the same time share one timer, in any order of arrival")
    void nearlyAtOnce() {
        WriteCoalescer a = busySocket("a");
        nanos += 1_000_000;
        WriteCoalescer b = busySocket("b");
        write(b, "b");
        write(a, "a");

        assertThat(later).hasSize(1);
    }

    @Test
    @Tag("WIRE7")
    @DisplayName("[WIRE7] an urgent write does not wait, and causes no second write")
    void urgent() {
        WriteCoalescer socket = busySocket("busy");
        write(socket, "first");
        socket.flushNow();
        run(now);
        assertThat(taken).containsExactly("first");

        run(later);
        run(now);
        socket.flushNow();
        run(now);
        assertThat(taken).containsExactly("first");
    }

    @Test
    @Tag("WIRE7")
    @DisplayName("[WIRE7] without an interval everything is written at once")
    void withoutInterval() {
        WriteCoalescer socket = socket(Duration.ZERO);
        write(socket, "first");
        write(socket, "second");
        run(now);

        assertThat(taken).containsExactly("first", "second");
    }
}
