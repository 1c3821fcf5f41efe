package dev.lockstep.room;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.RoomScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
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

    private static final class Instances {
        private final Map<Contextual<?>, Instance<?>> byContextual = new ConcurrentHashMap<>();
    }

    /** Runs work inside a room: beans that are {@link RoomScoped} are those of this room. */
    <T> T in(RoomId room, Supplier<T> work) {
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

    /** Destroys all instances of a room. */
    void destroy(RoomId room) {
        in(room, () -> {
            Instances instances = open.remove(room);
            if (instances != null) {
                instances.byContextual.values().forEach(Instance::destroy);
            }
            return room;
        });
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
        Instances instances = open.computeIfAbsent(current(), room -> new Instances());
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
