package dev.lockstep.mutation.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OptimisticWritesTest {
    private static final long NOW = 42;

    private final OptimisticWrites optimisticWrites = new OptimisticWrites();

    @Test
    @Tag("MUT19")
    @DisplayName("[MUT19] optimistic writes are on at first, and again some time after a failure")
    void lostForAWhile() {
        assertThat(optimisticWrites.isEnabled(System.nanoTime())).isTrue();

        optimisticWrites.suspend(NOW, OptimisticWrites.SUSPENDED_BY_REPEATS);

        long again = NOW + OptimisticWrites.SUSPENDED_BY_REPEATS.toNanos();
        assertThat(optimisticWrites.isEnabled(NOW)).isFalse();
        assertThat(optimisticWrites.isEnabled(again - 1)).isFalse();
        assertThat(optimisticWrites.isEnabled(again)).isTrue();
    }
}
