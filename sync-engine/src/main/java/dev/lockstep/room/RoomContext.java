package dev.lockstep.room;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.room.RoomContexts;
import dev.lockstep.api.room.RoomScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The CDI context behind {@link RoomScoped}: the instances of each open room. Thread-safe. */
public class RoomContext implements AlterableContext, RoomContexts {
    private static final ThreadLocal<@Nullable RoomId> CURRENT = new ThreadLocal<>();

    private final Map<RoomId, Instances> open = new ConcurrentHashMap<>();

    private record Instance<T>(Contextual<T> contextual, CreationalContext<T> creational, T value) {
        void destroy() {
            contextual.destroy(value, creational);
        }
    }

    /** A bean of a room, created on first use. Each has its own lock, so that no thread waits for another bean. */
    private static final class Lazy {
        private volatile @Nullable Instance<?> made;

        <T> Instance<?> get(Contextual<T> contextual, CreationalContext<T> creational) {
            Instance<?> found = made;
            if (found != null) {
                return found;
            }
            synchronized (this) {
                Instance<?> since = made;
                if (since == null) {
                    since = new Instance<>(contextual, creational, contextual.create(creational));
                    made = since;
                }
                return since;
            }
        }
    }

    /** The beans of one room, and the number of its users. */
    private static final class Instances {
        private final ConcurrentMap<Contextual<?>, Lazy> byContextual = new ConcurrentHashMap<>();
        private int inside;

        void destroy() {
            byContextual.values().forEach(bean -> Optional.ofNullable(bean.made).ifPresent(Instance::destroy));
        }
    }

    /** Enters a room: its beans live until every user has left. Atomic with respect to eviction. */
    void enter(RoomId room) {
        open.compute(room, (id, known) -> {
            Instances instances = known == null ? new Instances() : known;
            instances.inside++;
            return instances;
        });
    }

    /**
     * Leaves a room. The last user's departure destroys its beans.
     *
     * @param destroying runs the destruction, which is application code and may block
     */
    void leave(RoomId room, Executor destroying) {
        List<Instances> left = new ArrayList<>(1);
        open.computeIfPresent(room, (id, instances) -> {
            if (--instances.inside > 0) {
                return instances;
            }
            left.add(instances);
            return null;
        });
        for (Instances instances : left) {
            if (!instances.byContextual.isEmpty()) {
                destroy(room, instances, destroying);
            }
        }
    }

    private static void destroy(RoomId room, Instances instances, Executor destroying) {
        Runnable destroy = () -> on(room, () -> {
            instances.destroy();
            return room;
        });
        try {
            destroying.execute(destroy);
        } catch (RejectedExecutionException e) {
            destroy.run(); // the server is stopping
        }
    }

    @Override
    public <T> T in(RoomId room, Supplier<T> work) {
        enter(room);
        try {
            return on(room, work);
        } finally {
            leave(room, Runnable::run);
        }
    }

    private static <T> T on(RoomId room, Supplier<T> work) {
        RoomId outer = CURRENT.get();
        CURRENT.set(room);
        try {
            return work.get();
        } finally {
            CURRENT.set(outer);
        }
    }

    /** The room of the current thread. */
    RoomId current() {
        RoomId room = CURRENT.get();
        if (room == null) {
            throw new ContextNotActiveException("no room on this thread: call @RoomScoped beans within"
                    + " RoomContexts.in(room, ...), or from a rule, a read filter or a ChangeHook");
        }
        return room;
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return RoomScoped.class;
    }

    @Override
    @SuppressWarnings("unchecked") // the key is the contextual that created the instance
    public <T> @Nullable T get(Contextual<T> contextual) {
        Instances instances = open.get(current());
        Lazy bean = instances == null ? null : instances.byContextual.get(contextual);
        Instance<?> found = bean == null ? null : bean.made;
        return found == null ? null : (T) found.value();
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <T> @Nullable T get(Contextual<T> contextual, @Nullable CreationalContext<T> creational) {
        if (creational == null) {
            return get(contextual);
        }
        Instances instances = open.get(current());
        if (instances == null) {
            throw new ContextNotActiveException("room " + current() + " is being closed");
        }
        Lazy bean = instances.byContextual.computeIfAbsent(contextual, key -> new Lazy());
        return (T) bean.get(contextual, creational).value();
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        Instances instances = open.get(current());
        Lazy bean = instances == null ? null : instances.byContextual.remove(contextual);
        Instance<?> found = bean == null ? null : bean.made;
        if (found != null) {
            found.destroy();
        }
    }

    @Override
    public boolean isActive() {
        return CURRENT.get() != null;
    }
}
