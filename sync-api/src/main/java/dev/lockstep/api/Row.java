package dev.lockstep.api;

/**
 * A row as clients receive it. Immutable.
 *
 * @param json its canonical JSON object: the sent fields in their defined order, timestamps as ISO 8601 in UTC with
 *     milliseconds
 */
public record Row(CollectionName in, EntityId id, String json) {}
