package dev.lockstep.metrics;

import java.util.Map;
import java.util.function.DoubleSupplier;

/** Where measurements can be read. A server that has no such place has no bean of this type. */
interface MetricsExporter {
    /** A number that only grows, until the deployment ends. */
    void counter(String name, Map<String, String> labels, DoubleSupplier value);

    /** A number that stands for this moment. */
    void gauge(String name, Map<String, String> labels, DoubleSupplier value);
}
