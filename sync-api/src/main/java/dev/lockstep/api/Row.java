package dev.lockstep.api;

/**
 * A row as clients see it.
 *
 * @param json its canonical JSON object: the sent fields in their stated order, times as ISO 8601 in UTC with
 *     milliseconds
 */
public record Row(CollectionName in, EntityId id, String json) {}
