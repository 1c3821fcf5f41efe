package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.Row;
import dev.lockstep.api.entity.OwnerColumn;
import java.util.Optional;

/**
 * The rows that a caller may write. Nobody inserts rows of others: an {@link OwnerColumn} is the server's, and what a client
 * sends for it is ignored, unless {@link #refusingOthers} has it refused. Where clients write the field themselves,
 * somebody else in it is always refused. Whether rows of others may be updated and deleted, is a
 * matter of choice. In a bulk it is asked for each row, and one that is refused refuses all. Immutable.
 *
 * @param field the field that says whose row an inserted one is, as clients write it; if empty, the collection's
 *     {@link OwnerColumn}, or {@code ownerId} where it has none
 * @param checkOnUpdateDelete whether only owners update and delete
 * @param query who owns a row; if empty, the one that its {@link OwnerColumn} names
 * @param refusesOthers whether an insert that names somebody else is refused, also where the server would ignore that
 */
public record Ownership(
        Optional<String> field, boolean checkOnUpdateDelete, Optional<Query> query, boolean refusesOthers) {
    /** Says who owns what, where a column does not. */
    @FunctionalInterface
    public interface Query {
        /**
         * Whether the row is the caller's. Asked on the caller's thread, never on the writer's; if the row is another when
         * it is locked, it is asked again. It may block, and look into the database. An exception refuses, as in
         * {@link AccessRule}.
         */
        boolean owns(Access access, Row row);
    }

    /** Only inserts are checked: rows of others may be updated and deleted. */
    public static Ownership ofInserts() {
        return new Ownership(Optional.empty(), false, Optional.empty(), false);
    }

    /** The same by the field of this name, as clients write it. */
    public Ownership field(String name) {
        return new Ownership(Optional.of(name), checkOnUpdateDelete, query, refusesOthers);
    }

    /** Only those update and delete a row whom its {@link OwnerColumn} names. */
    public Ownership checkingOnUpdateDelete() {
        return new Ownership(field, true, query, refusesOthers);
    }

    /** Only those update and delete a row who own it by the answer to the query. */
    public Ownership checkingOnUpdateDelete(Query ownerQuery) {
        return new Ownership(field, true, Optional.of(ownerQuery), refusesOthers);
    }

    /** The same, and an insert is refused that names somebody else: 403 {@code FORBIDDEN}. */
    public Ownership refusingOthers() {
        return new Ownership(field, checkOnUpdateDelete, query, true);
    }
}
