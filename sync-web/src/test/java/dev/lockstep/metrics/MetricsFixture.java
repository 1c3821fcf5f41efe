package dev.lockstep.metrics;

import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;

/** Metrics of an application, for tests outside this package. */
public final class MetricsFixture {
    private final ApplicationMetrics metrics = new Metrics().of("workshop");

    /** The metrics under test. */
    public ApplicationMetrics metrics() {
        return metrics;
    }

    /** The sum of all values of this name with this label. */
    public double value(String name, String label, String is) {
        DoubleAdder sum = new DoubleAdder();
        metrics.register(new MetricsExporter() {
            @Override
            public void counter(String shown, Map<String, String> labels, DoubleSupplier value) {
                if (shown.equals(name) && is.equals(labels.get(label))) {
                    sum.add(value.getAsDouble());
                }
            }

            @Override
            public void gauge(String shown, Map<String, String> labels, DoubleSupplier value) {
                counter(shown, labels, value);
            }
        });
        return sum.sum();
    }
}
