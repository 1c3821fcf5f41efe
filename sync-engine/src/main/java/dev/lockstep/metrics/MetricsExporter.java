package dev.lockstep.metrics;

import java.util.Map;
import java.util.function.DoubleSupplier;

/** Target of metrics. A server without a metrics registry has no bean of this type. */
interface MetricsExporter {
    /** Registers a value that only grows until the deployment ends. */
    void counter(String name, Map<String, String> labels, DoubleSupplier value);

    /** Registers a current value. */
    void gauge(String name, Map<String, String> labels, DoubleSupplier value);
}
