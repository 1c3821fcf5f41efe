package dev.lockstep.access.chain;

import dev.lockstep.api.Access;
import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.access.AuditEvent;
import dev.lockstep.database.ContainerResources;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Queue of audit events. Fires one event after another on one thread, so that a slow observer occupies only that thread.
 * Thread-safe.
 */
@ApplicationScoped
class AuditTrail {
    /** Most waiting events. Further ones are dropped, and counted in the log. */
    static final int EVENTS_WAITING_MAX = 10_000;

    private static final Logger LOG = System.getLogger(AuditTrail.class.getName());

    private final Queue<AuditEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();
    private boolean observed;

    @Inject
    private Event<AuditEvent> observers;

    @Inject
    private BeanManager beans;

    @Inject
    private ContainerResources resources;

    @Inject
    private InstantSource clock;

    @PostConstruct
    void findObservers() {
        AuditEvent any = new AuditEvent(
                Instant.EPOCH,
                Caller.anonymous("any"),
                RoomId.shared("any"),
                Operation.READ,
                Set.of(),
                Optional.empty());
        observed = beans.resolveObserverMethods(any).stream().anyMatch(ObserverMethod::isAsync);
    }

    boolean isObserved() {
        return observed;
    }

    void record(Access access, Optional<ErrorCode> refusal) {
        if (waiting.get() >= EVENTS_WAITING_MAX) {
            dropped.increment();
            return;
        }
        events.add(new AuditEvent(
                clock.instant(), access.caller(), access.room(), access.operation(), access.collections(), refusal));
        if (waiting.getAndIncrement() == 0) {
            start();
        }
    }

    private void start() {
        try {
            resources.executor().execute(this::fireAll);
        } catch (RejectedExecutionException stopping) {
            LOG.log(Level.WARNING, "The server is stopping; the remaining audit events are dropped");
        }
    }

    private void fireAll() {
        do {
            AuditEvent next = events.remove();
            try {
                var unused = observers
                        .fireAsync(next, NotificationOptions.ofExecutor(Runnable::run))
                        .whenComplete((event, fault) -> warn(fault));
            } catch (RuntimeException | Error fault) {
                warn(fault);
            }
            warnOfDropped();
        } while (waiting.decrementAndGet() > 0);
    }

    private static void warn(@Nullable Throwable fault) {
        if (fault != null) {
            LOG.log(Level.WARNING, "An observer of audit events threw an exception; others are not affected", fault);
        }
    }

    private void warnOfDropped() {
        long count = dropped.sumThenReset();
        if (count > 0) {
            LOG.log(Level.WARNING, "{0} audit events dropped: observers are too slow", count);
        }
    }
}
