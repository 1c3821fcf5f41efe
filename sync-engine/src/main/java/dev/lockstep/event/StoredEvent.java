package dev.lockstep.event;

/**
 * An event as the database holds it.
 *
 * @param json the event, as {@link dev.lockstep.api.StoreEvent#json} writes it
 * @param stampMicros when it was appended, in microseconds since 1970
 */
public record StoredEvent(long number, String json, long stampMicros) {}
