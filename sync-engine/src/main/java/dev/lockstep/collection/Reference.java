package dev.lockstep.collection;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.entity.BelongsTo.OnDelete;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reference of rows of one collection to rows of another, or of the same.
 *
 * @param parent the referenced collection
 * @param child the referring collection
 * @param field the field of a child with its parent's id
 */
public record Reference(CollectionModel parent, CollectionModel child, FieldModel field) {
    /** The id of a row's parent; empty if it has none. */
    public Optional<EntityId> parentOf(RowImage row) {
        return parent((String) row.get(field));
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
