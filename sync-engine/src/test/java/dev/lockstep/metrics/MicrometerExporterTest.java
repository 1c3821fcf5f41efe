package dev.lockstep.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MicrometerExporterTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private static SeContainer container(Extension... extensions) {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Metrics.class, MicrometerExporter.class)
                .addExtensions(extensions)
                .initialize();
    }

    /** A server's registry. */
    public static final class Server implements Extension {
        private final MeterRegistry registry;

        Server(MeterRegistry registry) {
            this.registry = registry;
        }

        /** Called by CDI. */
        public void add(@Observes AfterBeanDiscovery discovery) {
            discovery
                    .<MeterRegistry>addBean()
                    .addType(MeterRegistry.class)
                    .scope(Singleton.class)
                    .createWith(context -> registry);
        }
    }

    private double applied() {
        return registry.get("lockstep_mutations")
                .tags("application", "workshop", "result", "applied")
                .functionCounter()
                .count();
    }

    @Test
    @Tag("OPS6")
    @DisplayName("[OPS6] counts and states are in the server's registry, also after a garbage collection")
    void shown() {
        try (SeContainer server = container(new Server(registry))) {
            Metrics metrics = server.select(Metrics.class).get();
            metrics.of("workshop").mutationApplied();
            metrics.rooms(2);
            collectGarbage();
            metrics.of("workshop").mutationApplied();

            assertThat(applied()).isEqualTo(2);
            assertThat(registry.get("lockstep_rooms_open").gauge().value()).isEqualTo(2);
        }
    }

    private static void collectGarbage() {
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (garbage.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }
    }

    @Test
    @Tag("OPS6")
    @DisplayName("[OPS6] undeployment removes the meters, and the next deployment begins at zero")
    void redeployed() {
        registry.counter("somebody.elses").increment();
        try (SeContainer server = container(new Server(registry))) {
            server.select(Metrics.class).get().of("workshop").mutationApplied();
            assertThat(applied()).isEqualTo(1);
        }
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .containsExactly("somebody.elses");

        try (SeContainer server = container(new Server(registry))) {
            server.select(Metrics.class).get().of("workshop");
            assertThat(applied()).isZero();
        }
    }

    @Test
    @Tag("OPS6")
    @DisplayName("[OPS6] where the server has Micrometer's classes and no registry, everything is only counted")
    void withoutRegistry() {
        try (SeContainer server = container()) {
            Metrics metrics = server.select(Metrics.class).get();
            metrics.of("workshop").mutationApplied();

            assertThat(ShownMetrics.of(metrics).value("lockstep_mutations{application=workshop, result=applied}"))
                    .isEqualTo(1);
        }
    }
}
