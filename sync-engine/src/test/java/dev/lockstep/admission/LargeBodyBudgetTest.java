package dev.lockstep.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LargeBodyBudgetTest {
    private static final long EACH = LargeBodyBudget.COUNTED_BYTES_MIN;

    private final AtomicInteger evicted = new AtomicInteger();
    private long nanos = Long.MAX_VALUE - 5; // timestamps of System.nanoTime may overflow
    private final LargeBodyBudget budget = new LargeBodyBudget(2 * EACH, () -> nanos);

    private LargeBodyBudget.Reservation place(long bytes) {
        return budget.place(bytes, evicted::incrementAndGet);
    }

    @Test
    @Tag("WIRE9")
    @Tag("CS3")
    @DisplayName("[WIRE9][CS3] large bodies wait in arrival order, and are admitted as others finish")
    void order() {
        LargeBodyBudget.Reservation first = place(1);
        LargeBodyBudget.Reservation second = place(EACH);
        LargeBodyBudget.Reservation third = place(2 * EACH);
        LargeBodyBudget.Reservation fourth = place(1);
        assertThat(first.tryEnter()).isTrue();
        assertThat(second.tryEnter()).isTrue();
        assertThat(third.tryEnter()).isFalse();

        first.release();
        first.release(); // a second close releases nothing
        assertThat(fourth.tryEnter()).isFalse(); // the third waited before it
        assertThat(third.tryEnter()).isFalse();

        second.complete();
        second.release();
        assertThat(third.tryEnter()).isTrue();
        assertThat(third.tryReserve(1)).isTrue();
        assertThat(fourth.tryEnter()).isFalse();
        third.release();
        assertThat(fourth.tryEnter()).isTrue();
        assertThat(evicted).hasValue(0);
    }

    @Test
    @Tag("WIRE9")
    @Tag("CS3")
    @DisplayName("[WIRE9][CS3] a body larger than the whole budget takes all of it")
    void largest() {
        assertThat(place(100 * EACH).tryEnter()).isTrue();
        assertThat(place(1).tryEnter()).isFalse();
    }

    @Test
    @Tag("WIRE9")
    @Tag("CS3")
    @DisplayName("[WIRE9][CS3] a waiting body evicts uploads that have taken long, not completed ones")
    void slow() {
        LargeBodyBudget.Reservation slow = place(EACH);
        LargeBodyBudget.Reservation arrived = place(EACH);
        assertThat(slow.tryEnter()).isTrue();
        assertThat(arrived.tryEnter()).isTrue();
        arrived.complete();
        LargeBodyBudget.Reservation waits = place(EACH);
        nanos += LargeBodyBudget.EVICTED_AFTER.toNanos();
        assertThat(waits.tryEnter()).isFalse();

        nanos++;
        assertThat(waits.tryEnter()).isTrue();
        assertThat(evicted).hasValue(1);
        assertThat(slow.tryReserve(1)).isFalse();
        slow.release();
        assertThat(place(EACH).tryEnter()).isFalse(); // a second close releases nothing
    }

    @Test
    @Tag("WIRE9")
    @Tag("CS3")
    @DisplayName("[WIRE9][CS3] a body that stops waiting blocks no other")
    void givesUp() {
        LargeBodyBudget.Reservation all = place(2 * EACH);
        LargeBodyBudget.Reservation waits = place(EACH);
        LargeBodyBudget.Reservation behind = place(EACH);
        assertThat(all.tryEnter()).isTrue();
        assertThat(waits.tryEnter()).isFalse();
        assertThat(behind.tryEnter()).isFalse();

        waits.release();
        all.release();
        assertThat(behind.tryEnter()).isTrue();
    }
}
