package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final int THREADS = 4;
    private static final int EACH = 20_000;

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] a size counts within its bound and every larger one")
    void sizes() {
        Histogram sizes = Histogram.ofSizes();
        ShownMetrics shown = ShownMetrics.of(sizes, "sizes");
        sizes.record(1);
        sizes.record(2);
        sizes.record(3);
        sizes.record(501);

        assertThat(shown.value("sizes_within{le=1}")).isEqualTo(1);
        assertThat(shown.value("sizes_within{le=2}")).isEqualTo(2);
        assertThat(shown.value("sizes_within{le=5}")).isEqualTo(3);
        assertThat(shown.value("sizes_within{le=500}")).isEqualTo(3);
        assertThat(shown.value("sizes_within{le=+Inf}")).isEqualTo(4);
        assertThat(shown.value("sizes_sum")).isEqualTo(507);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] times are shown in seconds")
    void times() {
        Histogram times = Histogram.ofTimes();
        ShownMetrics shown = ShownMetrics.of(times, "times");
        times.record(TimeUnit.MICROSECONDS.toNanos(500));
        times.record(TimeUnit.MICROSECONDS.toNanos(500) + 1);
        times.record(TimeUnit.SECONDS.toNanos(11));

        assertThat(shown.value("times_within{le=0.0005}")).isEqualTo(1);
        assertThat(shown.value("times_within{le=0.001}")).isEqualTo(2);
        assertThat(shown.value("times_within{le=10}")).isEqualTo(2);
        assertThat(shown.value("times_within{le=+Inf}")).isEqualTo(3);
        assertThat(shown.value("times_sum")).isBetween(11.001, 11.002);
    }

    @Test
    @Tag("OPS7")
    @DisplayName("[OPS7] concurrent counts are not lost")
    void threads() {
        Histogram sizes = Histogram.ofSizes();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < EACH; i++) {
                        sizes.record(i % 3);
                    }
                });
            }
        }

        assertThat(ShownMetrics.of(sizes, "sizes").value("sizes_within{le=+Inf}"))
                .isEqualTo(THREADS * EACH);
    }
}
