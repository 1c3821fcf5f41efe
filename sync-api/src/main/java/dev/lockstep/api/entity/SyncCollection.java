package dev.lockstep.api.entity;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Operation;
import dev.lockstep.api.SyncRepository;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes the rows of a JPA entity a collection that clients read, write and follow.
 *
 * <p>The schema is the entity: Bean Validation refuses bad values, {@code @JsonbProperty} renames a field on the wire,
 * {@code @JsonbTransient} keeps one from being sent or written by clients, {@link Writable} and {@link NeverSent} from
 * one of both, {@code @JsonbPropertyOrder} states the order of the fields in JSON. Without it the order is: id, the
 * entity's own fields as declared, timestamps.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SyncCollection {
    /** The collection's name on the wire, unique within its application: 1 to 64 letters, digits, {@code _} and {@code -}. */
    String value();

    /** The field that lists are ordered by. Empty: the creation time, or the id where there is none. */
    String orderBy() default "";

    /** The direction of lists. Rows that are equal in {@link #orderBy} come in the order in which they were inserted. */
    Direction direction() default Direction.DESCENDING;

    /** Whether the id that a client sends with a new row is kept. If not, it is dropped and the server makes one. */
    boolean clientIds() default false;

    /**
     * The writes that exist for clients: of {@code INSERT}, {@code UPDATE} and {@code DELETE}, and where rows have an
     * {@link ArchivedAt} field {@code ARCHIVE} and {@code UNARCHIVE}, which come with {@code UPDATE}. A bulk exists where
     * its single one does. A collection with a {@link CompositeKey} has {@code INSERT} and {@code DELETE} only. Others are refused as {@link ErrorCode#NOT_SUPPORTED}, to {@link Mutations} too; application code
     * with {@link SyncRepository} or an {@code EntityManager} is not bound.
     */
    Operation[] operations() default {Operation.INSERT, Operation.UPDATE, Operation.DELETE};

    /** Which end of a list comes first. */
    enum Direction {
        ASCENDING,
        DESCENDING
    }
}
