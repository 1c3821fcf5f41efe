package dev.lockstep.room;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.RoomScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The CDI context behind {@link RoomScoped}: the instances of each open room. Thread-safe. */
public class RoomContext implements AlterableContext {
    private static final ThreadLocal<@Nullable RoomId> CURRENT = new ThreadLocal<>();

    private final Map<RoomId, Instances> open = new ConcurrentHashMap<>();

    private record Instance<T>(Contextual<T> contextual, CreationalContext<T> creational, T value) {
        void destroy() {
            contextual.destroy(value, creational);
        }
    }

    /** The beans of one room, and how many are in it. */
    private static final class Instances {
        private final Map<Contextual<?>, Instance<?>> byContextual = new ConcurrentHashMap<>();
        private int inside;
    }

    /** Comes into a room, to stay: its beans live until whoever came has left. One atomic step with any eviction. */
    void enter(RoomId room) {
        open.compute(room, (id, known) -> {
            Instances instances = known == null ? new Instances() : known;
            instances.inside++;
            return instances;
        });
    }

    /** Leaves a room. Whoever leaves last has its beans destroyed. */
    void leave(RoomId room) {
        List<Instances> left = new ArrayList<>(1);
        open.computeIfPresent(room, (id, instances) -> {
            if (--instances.inside > 0) {
                return instances;
            }
            left.add(instances);
            return null;
        });
        for (Instances instances : left) {
            on(room, () -> {
                instances.byContextual.values().forEach(Instance::destroy);
                return room;
            });
        }
    }

    /** Runs work inside a room: beans that are {@link RoomScoped} are those of this room. */
    public <T> T in(RoomId room, Supplier<T> work) {
        enter(room);
        try {
            return on(room, work);
        } finally {
            leave(room);
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

    /** The room that this thread is in. */
    RoomId current() {
        RoomId room = CURRENT.get();
        if (room == null) {
            throw new ContextNotActiveException("no room on this thread: @RoomScoped beans live where Lockstep calls"
                    + " application code on behalf of a room");
        }
        return room;
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return RoomScoped.class;
    }

    @Override
    @SuppressWarnings("unchecked") // an instance is kept under the contextual that made it
    public <T> @Nullable T get(Contextual<T> contextual) {
        Instances instances = open.get(current());
        Instance<?> found = instances == null ? null : instances.byContextual.get(contextual);
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
        synchronized (instances) {
            Instance<?> found = instances.byContextual.get(contextual);
            if (found == null) {
                found = new Instance<>(contextual, creational, contextual.create(creational));
                instances.byContextual.put(contextual, found);
            }
            return (T) found.value();
        }
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        Instances instances = open.get(current());
        Instance<?> found = instances == null ? null : instances.byContextual.remove(contextual);
        if (found != null) {
            found.destroy();
        }
    }

    @Override
    public boolean isActive() {
        return CURRENT.get() != null;
    }
}
