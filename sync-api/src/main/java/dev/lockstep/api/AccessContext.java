package dev.lockstep.api;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that steps of the access chain store for the steps after them, for example a role that was looked up once. One
 * context per request and one per session; a mutation that moves rows has one per room. The key of a value is its
 * class, so an application uses types of its own. Thread-safe. Two empty contexts are equal.
 */
public final class AccessContext {
    private final Map<Class<?>, Object> values = new ConcurrentHashMap<>();

    private record OtherRooms(Map<RoomId, AccessContext> contexts) {}

    /** The context of the same request in another room: a role holds in one room only. */
    AccessContext in(RoomId room) {
        return get(OtherRooms.class, () -> new OtherRooms(new ConcurrentHashMap<>()))
                .contexts()
                .computeIfAbsent(room, first -> new AccessContext());
    }

    /** Stores a value; replaces an earlier one of the same type. */
    public <T> void put(Class<T> type, T value) {
        values.put(type, type.cast(value));
    }

    /** The value of this type, if present. */
    public <T> Optional<T> get(Class<T> type) {
        return Optional.ofNullable(type.cast(values.get(type)));
    }

    /** The value of this type; created and stored if absent. */
    public <T> T get(Class<T> type, Supplier<T> factory) {
        return type.cast(values.computeIfAbsent(type, absent -> factory.get()));
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
