package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reference of rows of one collection to rows of another, or of the same.
 *
 * @param parent the referenced collection
 * @param child the referring collection
 * @param field the field of a child with its parent's id: a relation, or one with {@code @BelongsTo}
 */
public record Reference(CollectionModel parent, CollectionModel child, FieldModel field) {
    /** The id of a row's parent; empty if it has none. */
    public Optional<EntityId> parentOf(RowImage row) {
        return Optional.ofNullable(row.get(field)).flatMap(value -> parent(value.toString()));
    }

    /** Whether the parent must exist, in a room that the child's clients see. */
    public boolean isRelation() {
        return field.relation().isPresent();
    }

    /** Whether a row may be the parent of a row in a room. */
    public boolean accepts(RowImage row, RoomId room) {
        return !row.isDeleted() && row.room().equals(parent.roomOf(room));
    }

    /**
     * The refusal of a value that names no row, a deleted one, one of another room, or one that the caller may not read. It
     * does not say which.
     *
     * @param path the place of the value
     */
    public Refusal refusal(String path) {
        String message = "names no row of '" + parent.name() + "' that can be referred to here";
        return new Refusal(ErrorCode.INVALID, path + ": " + message, List.of(new Refusal.Issue(path, message)));
    }

    /** Whether children are deleted with their parent. */
    boolean isCascading() {
        return field.belongsTo()
                .filter(declared -> declared.onDelete() == OnDelete.DELETE)
                .isPresent();
    }

    /** The id, if it is valid; an invalid id belongs to no row. */
    static Optional<EntityId> parent(@Nullable String id) {
        return Optional.ofNullable(id)
                .filter(text -> !text.isEmpty() && text.length() <= EntityId.CHARACTERS_MAX)
                .map(EntityId::new);
    }
}
