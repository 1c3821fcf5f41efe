package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReaderThrottleTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // a clock of nanoseconds may overflow
    private final List<Long> pauses = new ArrayList<>();
    private final ReaderThrottle way = new ReaderThrottle(nanos::get, this::pause);
    private final ReaderThrottle.ThrottledRead throttledRead = way.read();

    private void pause(long length) {
        pauses.add(length);
        nanos.addAndGet(length);
    }

    private void pass(long length) {
        nanos.addAndGet(length);
    }

    @Test
    @Tag("SNAP5")
    @DisplayName("[SNAP5] a reader does not pause while there is no writer")
    void alone() {
        way.write(() -> {});
        pass(500);
        throttledRead.pauseIfWriterIsBusy();

        assertThat(pauses).isEmpty();
    }

    @Test
    @Tag("SNAP5")
    @DisplayName("[SNAP5] beside a writer, a reader pauses nine times as long as both were working")
    void besideGroups() {
        pass(700);
        way.write(() -> pass(200));
        way.write(() -> pass(100));
        throttledRead.pauseIfWriterIsBusy();
        pass(400);
        throttledRead.pauseIfWriterIsBusy();

        assertThat(pauses).containsExactly(2_700L);
    }

    @Test
    @Tag("SNAP5")
    @DisplayName("[SNAP5] a batch in progress counts up to now, and each period once")
    void withinGroup() {
        way.write(() -> {
            pass(200);
            throttledRead.pauseIfWriterIsBusy();
            pass(300);
            throttledRead.pauseIfWriterIsBusy();
            pass(50);
        });
        throttledRead.pauseIfWriterIsBusy();

        assertThat(pauses).containsExactly(1_800L, 2_700L, 450L);
    }

    @Test
    @Tag("SNAP5")
    @DisplayName("[SNAP5] a failed batch has ended")
    void failed() {
        try {
            way.write(() -> {
                throw new IllegalStateException("refused");
            });
        } catch (IllegalStateException refused) {
            pass(500);
        }
        throttledRead.pauseIfWriterIsBusy();

        assertThat(pauses).isEmpty();
    }

    @Test
    @Tag("SNAP5")
    @DisplayName("[SNAP5] a reader that has paused for ten seconds continues without a pause")
    void old() {
        way.write(() -> {
            pass(Duration.ofSeconds(4).toNanos());
            throttledRead.pauseIfWriterIsBusy();
            pass(1);
            throttledRead.pauseIfWriterIsBusy();
        });

        assertThat(pauses).containsExactly(Duration.ofSeconds(6).toNanos());
    }
}
