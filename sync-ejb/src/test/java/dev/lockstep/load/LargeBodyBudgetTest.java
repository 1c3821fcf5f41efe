package dev.lockstep.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LargeBodyBudgetTest {
    private static final long EACH = LargeBodyBudget.COUNTED_BYTES_MIN;

    private final AtomicInteger evicted = new AtomicInteger();
    private long nanos = Long.MAX_VALUE - 5; // they may overflow
    private final LargeBodyBudget budget = new LargeBodyBudget(2 * EACH, () -> nanos);

    private LargeBodyBudget.Place place(long bytes) {
        return budget.place(bytes, evicted::incrementAndGet);
    }

    @Test
    @DisplayName("[WIRE9][CS3] large bodies wait for their room in their order, and have it as others leave")
    void order() {
        LargeBodyBudget.Place first = place(1);
        LargeBodyBudget.Place second = place(EACH);
        LargeBodyBudget.Place third = place(2 * EACH);
        LargeBodyBudget.Place fourth = place(1);
        assertThat(first.enter()).isTrue();
        assertThat(second.enter()).isTrue();
        assertThat(third.enter()).isFalse();

        first.leave();
        first.leave(); // it is not given back twice
        assertThat(fourth.enter()).isFalse(); // the third was there before
        assertThat(third.enter()).isFalse();

        second.settle();
        second.leave();
        assertThat(third.enter()).isTrue();
        assertThat(third.take(1)).isTrue();
        assertThat(fourth.enter()).isFalse();
        third.leave();
        assertThat(fourth.enter()).isTrue();
        assertThat(evicted).hasValue(0);
    }

    @Test
    @DisplayName("[WIRE9][CS3] a body that is larger than all the room has all of it")
    void largest() {
        assertThat(place(100 * EACH).enter()).isTrue();
        assertThat(place(1).enter()).isFalse();
    }

    @Test
    @DisplayName(
            "[WIRE9][CS3] one that waits evicts those that have been arriving for long, not those that have arrived")
    void slow() {
        LargeBodyBudget.Place slow = place(EACH);
        LargeBodyBudget.Place arrived = place(EACH);
        assertThat(slow.enter()).isTrue();
        assertThat(arrived.enter()).isTrue();
        arrived.settle();
        LargeBodyBudget.Place waits = place(EACH);
        nanos += LargeBodyBudget.EVICTED_AFTER.toNanos();
        assertThat(waits.enter()).isFalse();

        nanos++;
        assertThat(waits.enter()).isTrue();
        assertThat(evicted).hasValue(1);
        assertThat(slow.take(1)).isFalse();
        slow.leave();
        assertThat(place(EACH).enter()).isFalse(); // it is not given back twice
    }

    @Test
    @DisplayName("[WIRE9][CS3] one that gives up waiting is in nobody's way")
    void givesUp() {
        LargeBodyBudget.Place all = place(2 * EACH);
        LargeBodyBudget.Place waits = place(EACH);
        LargeBodyBudget.Place behind = place(EACH);
        assertThat(all.enter()).isTrue();
        assertThat(waits.enter()).isFalse();
        assertThat(behind.enter()).isFalse();

        waits.leave();
        all.leave();
        assertThat(behind.enter()).isTrue();
    }
}
