package dev.lockstep.collection.identifier;

import dev.lockstep.api.EntityId;

/**
 * The id of a new row until the database has made its own.
 *
 * @param id unique; never sent to a client and never stored
 */
public record PendingId(EntityId id) {}
