package dev.lockstep.api.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.Row;
import dev.lockstep.api.entity.OwnerColumn;
import java.util.Optional;

/**
 * Rule for the rows that a caller may write. Immutable.
 *
 * <p>Inserts are always checked: the server sets an {@link OwnerColumn} and ignores the client's value, unless
 * {@link #refusingOthers} refuses a different one. Where clients write the owner field themselves, another user's id in
 * it is always refused. The check of updates and deletes is optional. A bulk is checked row by row; one refused row
 * refuses all.
 *
 * @param field the owner field of an inserted row, by its name on the wire; if empty, the collection's
 *     {@link OwnerColumn}, or {@code ownerId} where it has none
 * @param checkOnUpdateDelete whether only owners update and delete a row
 * @param query the function that decides who owns a row; if empty, its {@link OwnerColumn} decides
 * @param refusesOthers whether an insert that names another user is refused, also where the server would ignore the value
 */
public record Ownership(
        Optional<String> field, boolean checkOnUpdateDelete, Optional<Query> query, boolean refusesOthers) {
    /** Function that decides ownership where no column does. */
    @FunctionalInterface
    public interface Query {
        /**
         * Whether the caller owns the row. Called on the caller's thread, never on the writer's; called again if the row
         * has changed by the time it is locked. May block, and may query the database. An exception refuses, as in
         * {@link AccessRule}.
         */
        boolean owns(Access access, Row row);
    }

    /** Checks inserts only: all callers may update and delete rows of others. */
    public static Ownership ofInserts() {
        return new Ownership(Optional.empty(), false, Optional.empty(), false);
    }

    /** A copy with another owner field, by its name on the wire. */
    public Ownership field(String name) {
        return new Ownership(Optional.of(name), checkOnUpdateDelete, query, refusesOthers);
    }

    /** A copy by which only the user in the {@link OwnerColumn} may update and delete a row. */
    public Ownership checkingOnUpdateDelete() {
        return new Ownership(field, true, query, refusesOthers);
    }

    /** A copy by which only owners according to the query may update and delete a row. */
    public Ownership checkingOnUpdateDelete(Query ownerQuery) {
        return new Ownership(field, true, Optional.of(ownerQuery), refusesOthers);
    }

    /** A copy that refuses inserts in another user's name: 403 {@code FORBIDDEN}. */
    public Ownership refusingOthers() {
        return new Ownership(field, checkOnUpdateDelete, query, true);
    }
}
