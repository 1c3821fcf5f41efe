package dev.lockstep.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** What an operator would see, for tests. */
public final class Shown implements MetricsExporter {
    private final Map<String, DoubleSupplier> values = new ConcurrentHashMap<>();

    private Shown() {}

    /** Everything that is measured there. */
    public static Shown of(Metrics metrics) {
        Shown shown = new Shown();
        metrics.exportTo(shown);
        return shown;
    }

    static Shown of(Histogram histogram, String name) {
        Shown shown = new Shown();
        histogram.register(shown, name);
        return shown;
    }

    @Override
    public void counter(String name, Map<String, String> labels, DoubleSupplier value) {
        values.put(labels.isEmpty() ? name : name + new TreeMap<>(labels), value);
    }

    @Override
    public void gauge(String name, Map<String, String> labels, DoubleSupplier value) {
        counter(name, labels, value);
    }

    /** A value by its name and labels, as in {@code name{a=1, b=2}}. */
    public double value(String series) {
        DoubleSupplier value = values.get(series);
        if (value == null) {
            throw new AssertionError("not shown: " + series + ", but " + values.keySet());
        }
        return value.getAsDouble();
    }
}
