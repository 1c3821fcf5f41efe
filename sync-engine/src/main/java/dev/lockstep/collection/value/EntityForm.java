package dev.lockstep.collection.value;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The form in which an entity holds the values of a field, as opposed to the form in which rows hold them. Thread-safe. */
public interface EntityForm {
    /** The form of values that are the same in an entity and in a row. */
    EntityForm SAME = of(value -> value, value -> value);

    /** The value that a row holds for one that is not null. */
    @Nullable
    Object toRow(Object ofEntity);

    /** The value that an entity holds for one that is not null. */
    @Nullable
    Object toEntity(Object ofRow);

    /** A form by its two conversions. */
    static EntityForm of(Function<Object, @Nullable Object> toRow, Function<Object, @Nullable Object> toEntity) {
        return new EntityForm() {
            @Override
            public @Nullable Object toRow(Object ofEntity) {
                return toRow.apply(ofEntity);
            }

            @Override
            public @Nullable Object toEntity(Object ofRow) {
                return toEntity.apply(ofRow);
            }
        };
    }
}
