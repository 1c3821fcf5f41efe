package dev.lockstep.api;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What steps of the access chain know of a request, for the steps after them: a role that was looked up once, say. One
 * for each request, and one for each session; of a mutation that moves rows, one for each room. Values are found by their class, so an application uses types of its own.
 * Thread-safe; empty ones are equal.
 */
public final class AccessContext {
    private final Map<Class<?>, Object> values = new ConcurrentHashMap<>();

    private record OtherRooms(Map<RoomId, AccessContext> contexts) {}

    /** What is known of the same request as another room sees it: a role holds in one room only. */
    AccessContext in(RoomId room) {
        return get(OtherRooms.class, () -> new OtherRooms(new ConcurrentHashMap<>()))
                .contexts()
                .computeIfAbsent(room, first -> new AccessContext());
    }

    /** Keeps a value; an earlier one of the same type is replaced. */
    public <T> void put(Class<T> type, T value) {
        values.put(type, type.cast(value));
    }

    /** The value of this type, if there is one. */
    public <T> Optional<T> get(Class<T> type) {
        return Optional.ofNullable(type.cast(values.get(type)));
    }

    /** The value of this type; made and kept, if there is none yet. */
    public <T> T get(Class<T> type, Supplier<T> made) {
        return type.cast(values.computeIfAbsent(type, first -> made.get()));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessContext context && values.equals(context.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
