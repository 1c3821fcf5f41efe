package dev.lockstep.metrics;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Histogram with fixed bounds. Thread-safe; recording takes no lock and allocates nothing.
 */
final class Histogram {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long[] bounds;
    private final double unit;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    private Histogram(long[] bounds, double unit) {
        this.bounds = bounds;
        this.unit = unit;
        this.counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    /** A histogram of durations from 0.5 ms to 10 s, recorded in nanoseconds and exported in seconds. */
    static Histogram ofTimes() {
        long[] micros = {
            500,
            1_000,
            2_500,
            5_000,
            10_000,
            25_000,
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000
        };
        return new Histogram(
                Arrays.stream(micros).map(TimeUnit.MICROSECONDS::toNanos).toArray(), NANOS);
    }

    /** A histogram of sizes from 1 to 500, the most mutations in a batch. */
    static Histogram ofSizes() {
        return new Histogram(new long[] {1, 2, 5, 10, 20, 50, 100, 200, 500}, 1);
    }

    void record(long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(value);
    }

    /** The number of values in this bucket and the smaller ones. */
    private double countUpTo(int bucket) {
        long total = 0;
        for (int i = 0; i <= bucket; i++) {
            total += counts[i].sum();
        }
        return total;
    }

    /** Registers a counter for each bound, {@code name_within}, and one for the sum of all values, {@code name_sum}. */
    void register(MetricsExporter metricsExporter, String name) {
        for (int i = 0; i < counts.length; i++) {
            int bucket = i;
            metricsExporter.counter(name + "_within", Map.of("le", bound(i)), () -> countUpTo(bucket));
        }
        metricsExporter.counter(name + "_sum", Map.of(), () -> sum.sum() / unit);
    }

    private String bound(int bucket) {
        return bucket == bounds.length
                ? "+Inf"
                : BigDecimal.valueOf(bounds[bucket] / unit).stripTrailingZeros().toPlainString();
    }
}
