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
    private final LongAdder appliedPushes = new LongAdder();
    private final Map<ErrorCode, LongAdder> refusedPushes = adders(ErrorCode.class);
    private final LongAdder delayedPushes = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder pulls = new LongAdder();
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

    /** Events were appended to a store by a client. It also counts as an applied mutation. */
    public void pushApplied(int appended) {
        appliedPushes.increment();
        events.add(appended);
        mutationApplied();
    }

    /** A push was refused. It also counts as a refused mutation. */
    public void pushRefused(ErrorCode code) {
        increment(refusedPushes, code);
        mutationRefused(code);
    }

    /** A push waits, because its client or its store has used up its rate. */
    public void pushDelayed() {
        delayedPushes.increment();
    }

    /** Subscriptions to stores have begun; a negative number, if they have ended. */
    public void pulls(int more) {
        pulls.add(more);
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
        metricsExporter.counter("lockstep_pushes", labels("result", "applied"), appliedPushes::sum);
        refusedPushes.forEach(
                (code, count) -> metricsExporter.counter("lockstep_pushes", labels("result", code.name()), count::sum));
        metricsExporter.counter("lockstep_pushes_delayed", Map.of("application", application), delayedPushes::sum);
        metricsExporter.counter("lockstep_events", Map.of("application", application), events::sum);
        metricsExporter.gauge("lockstep_pulls_open", Map.of("application", application), pulls::sum);
        metricsExporter.gauge("lockstep_sessions_open", Map.of("application", application), sessions::sum);
        disconnectReasons.forEach((why, count) ->
                metricsExporter.counter("lockstep_sessions_disconnected", labels("reason", why.label()), count::sum));
    }

    private Map<String, String> labels(String name, String value) {
        return Map.of("application", application, name, value);
    }
}
