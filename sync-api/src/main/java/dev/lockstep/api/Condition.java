package dev.lockstep.api;

import dev.lockstep.api.entity.OwnerColumn;
import java.util.Optional;

/** What must be true of rows when they are locked, for a mutation to be done. */
public sealed interface Condition {
    /**
     * Rows that are updated or deleted belong to the caller, by their {@link OwnerColumn}; else the mutation is refused as
     * {@link ErrorCode#FORBIDDEN}.
     */
    record Owned() implements Condition {}

    /**
     * A row is as it was when somebody decided by it; else the mutation is refused as {@link ErrorCode#ROW_CHANGED}.
     *
     * @param in a collection, and
     * @param id a row of it, that the mutation changes
     * @param seen the row as it was, {@link Row#json} and all; empty if there was none in the room
     */
    record Unchanged(CollectionName in, EntityId id, Optional<Row> seen) implements Condition {}
}
