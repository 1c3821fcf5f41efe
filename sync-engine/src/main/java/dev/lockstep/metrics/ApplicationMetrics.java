package dev.lockstep.metrics;

import dev.lockstep.api.ErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Metrics of one application. Thread-safe. */
public final class ApplicationMetrics {
    private final String application;
    private final LongAdder applied = new LongAdder();
    private final Map<ErrorCode, LongAdder> refusedMutations = adders(ErrorCode.class);
    private final Map<ErrorCode, LongAdder> refused = adders(ErrorCode.class);
    private final LongAdder sessions = new LongAdder();
    private final Map<DisconnectReason, LongAdder> disconnectReasons = adders(DisconnectReason.class);

    ApplicationMetrics(String application) {
        this.application = application;
    }

    private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> keys) {
        Map<K, LongAdder> adders = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return adders;
    }

    private static <K> void increment(Map<K, LongAdder> adders, K key) {
        LongAdder adder = adders.get(key);
        if (adder != null) {
            adder.increment();
        }
    }

    /** A mutation was applied. */
    public void mutationApplied() {
        applied.increment();
    }

    /** A mutation was refused. It also counts as a refusal. */
    public void mutationRefused(ErrorCode code) {
        increment(refusedMutations, code);
        refused(code);
    }

    /** A read or a subscription was refused. */
    public void refused(ErrorCode code) {
        increment(refused, code);
    }

    /** A socket was opened. */
    public void sessionOpened() {
        sessions.increment();
    }

    /** A socket was closed. */
    public void sessionEnded() {
        sessions.decrement();
    }

    /** The server closed a socket that did not keep up. */
    public void disconnected(DisconnectReason why) {
        increment(disconnectReasons, why);
    }

    void register(MetricsExporter metricsExporter) {
        metricsExporter.counter("lockstep_mutations", labels("result", "applied"), applied::sum);
        refusedMutations.forEach((code, count) ->
                metricsExporter.counter("lockstep_mutations", labels("result", code.name()), count::sum));
        refused.forEach(
                (code, count) -> metricsExporter.counter("lockstep_refusals", labels("code", code.name()), count::sum));
        metricsExporter.gauge("lockstep_sessions_open", Map.of("application", application), sessions::sum);
        disconnectReasons.forEach((why, count) ->
                metricsExporter.counter("lockstep_sessions_disconnected", labels("reason", why.label()), count::sum));
    }

    private Map<String, String> labels(String name, String value) {
        return Map.of("application", application, name, value);
    }
}
