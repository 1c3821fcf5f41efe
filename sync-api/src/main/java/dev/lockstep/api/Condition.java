package dev.lockstep.api;

import dev.lockstep.api.entity.OwnerColumn;
import java.util.Optional;

/** A condition that rows must meet when they are locked; otherwise the mutation is refused. */
public sealed interface Condition {
    /**
     * Updated and deleted rows belong to the caller, by their {@link OwnerColumn}; otherwise the mutation is refused as
     * {@link ErrorCode#FORBIDDEN}.
     */
    record Owned() implements Condition {}

    /**
     * A row has not changed since a decision was based on it; otherwise the mutation is refused as
     * {@link ErrorCode#ROW_CHANGED}.
     *
     * @param in the collection of the row
     * @param id the id of a row that the mutation changes
     * @param seen the row at the time of the decision, compared with its {@link Row#json}; empty if the room had no such
     *     row
     */
    record Unchanged(CollectionName in, EntityId id, Optional<Row> seen) implements Condition {}
}
