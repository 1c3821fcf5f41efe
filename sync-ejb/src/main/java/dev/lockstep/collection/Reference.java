package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one collection belong to rows of another, or of the same.
 *
 * @param parent the collection of those that they belong to
 * @param child their own
 * @param field the field of a child that holds its parent's id
 */
public record Reference(CollectionModel parent, CollectionModel child, FieldModel field) {
    /** The id of the row that a child belongs to; empty if to none. */
    public Optional<EntityId> parentOf(RowImage row) {
        return parent((String) row.get(field));
    }

    /** Whether they are deleted with them. */
    boolean isCascading() {
        return field.belongsTo()
                .filter(declared -> declared.onDelete() == OnDelete.DELETE)
                .isPresent();
    }

    /** What cannot be an id is no row's. */
    static Optional<EntityId> parent(@Nullable String id) {
        return Optional.ofNullable(id)
                .filter(text -> !text.isEmpty() && text.length() <= EntityId.CHARACTERS_MAX)
                .map(EntityId::new);
    }
}
