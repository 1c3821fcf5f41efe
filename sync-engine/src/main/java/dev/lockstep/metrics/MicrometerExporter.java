package dev.lockstep.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;

/**
 * Exports metrics through the server's Micrometer. {@code beans.xml} excludes this class where the server has none.
 *
 * <p>Only the registry's short forms are used: WildFly 39 does not export meters, histograms included, that a deployment
 * registers through Micrometer's builders.
 */
@ApplicationScoped
class MicrometerExporter implements MetricsExporter {
    @Inject
    private Instance<MeterRegistry> registries;

    /** Strong references: Micrometer keeps only weak ones. */
    private final Queue<DoubleSupplier> exported = new ConcurrentLinkedQueue<>();

    @Override
    public void counter(String name, Map<String, String> labels, DoubleSupplier value) {
        exported.add(value);
        registries.stream()
                .forEach(registry -> registry.more().counter(name, tags(labels), value, DoubleSupplier::getAsDouble));
    }

    @Override
    public void gauge(String name, Map<String, String> labels, DoubleSupplier value) {
        exported.add(value);
        registries.stream().forEach(registry -> registry.gauge(name, tags(labels), value, DoubleSupplier::getAsDouble));
    }

    private static List<Tag> tags(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> Tag.of(label.getKey(), label.getValue()))
                .toList();
    }

    /** Registries outlive the deployment, and the next deployment registers its own meters. */
    @PreDestroy
    void unregister() {
        registries.stream().forEach(MicrometerExporter::unregisterFrom);
    }

    private static void unregisterFrom(MeterRegistry registry) {
        for (Meter meter : List.copyOf(registry.getMeters())) {
            if (meter.getId().getName().startsWith("lockstep_")) {
                registry.remove(meter);
            }
        }
    }
}
