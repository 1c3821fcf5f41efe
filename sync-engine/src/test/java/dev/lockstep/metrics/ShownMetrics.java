package dev.lockstep.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** The metrics that an operator would read. */
public final class ShownMetrics implements MetricsExporter {
    private final Map<String, DoubleSupplier> values = new ConcurrentHashMap<>();

    private ShownMetrics() {}

    /** All meters. */
    public static ShownMetrics of(Metrics metrics) {
        ShownMetrics shown = new ShownMetrics();
        metrics.exportTo(shown);
        return shown;
    }

    static ShownMetrics of(Histogram histogram, String name) {
        ShownMetrics shown = new ShownMetrics();
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
