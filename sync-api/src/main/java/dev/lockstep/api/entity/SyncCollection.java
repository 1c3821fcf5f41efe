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
 * Makes the rows of a JPA entity a collection that clients read, write and subscribe to.
 *
 * <p>The entity is the schema. Bean Validation refuses invalid values. {@code @JsonbProperty} renames a field on the
 * wire, {@code @JsonbTransient} hides it from clients and keeps them from writing it; {@link Writable} and
 * {@link NeverSent} do one of both. {@code @JsonbPropertyOrder} defines the order of the fields in JSON; the default is:
 * id, the entity's own fields as declared, timestamps.
 *
 * <pre>{@code
 * @Entity
 * @Table(name = "shopping_items")
 * @SyncCollection(value = "items", orderBy = "title", direction = SyncCollection.Direction.ASCENDING)
 * public class Item extends SyncRow {
 *     @RoomColumn
 *     private String room;
 *
 *     @Size(max = 200)
 *     private String title;
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface SyncCollection {
    /** The collection's name on the wire, unique within its application: 1 to 64 letters, digits, {@code _} and {@code -}. */
    String value();

    /** The field that orders lists. Empty: the creation time, or the id where there is none. */
    String orderBy() default "";

    /** The direction of lists. Rows with equal {@link #orderBy} values come in the order of their insertion. */
    Direction direction() default Direction.DESCENDING;

    /** Whether a new row keeps the id that its client sends. If {@code false}, the server makes one. */
    boolean clientIds() default false;

    /**
     * The write operations that clients and {@link Mutations} may use: {@code INSERT}, {@code UPDATE} and
     * {@code DELETE}; where rows have an {@link ArchivedAt} field also {@code ARCHIVE} and {@code UNARCHIVE}, which
     * {@code UPDATE} includes. A bulk operation exists where its single one does. A collection with a
     * {@link CompositeKey} has {@code INSERT} and {@code DELETE} only. Other operations are refused as
     * {@link ErrorCode#NOT_SUPPORTED}. Application code with {@link SyncRepository} or an {@code EntityManager} is not
     * restricted.
     */
    Operation[] operations() default {Operation.INSERT, Operation.UPDATE, Operation.DELETE};

    /** The direction of a list's order. */
    enum Direction {
        ASCENDING,
        DESCENDING
    }
}
