package dev.lockstep.odd.shapes;

import jakarta.persistence.AttributeConverter;
import org.jspecify.annotations.Nullable;

/** A value class: grams, from 0. */
public record Weight(int grams) {
    public Weight {
        if (grams < 0) {
            throw new IllegalArgumentException("a weight is not negative");
        }
    }

    /** A weight is stored as its grams. */
    public static class Stored implements AttributeConverter<@Nullable Weight, @Nullable Integer> {
        @Override
        public @Nullable Integer convertToDatabaseColumn(@Nullable Weight weight) {
            return weight == null ? null : weight.grams();
        }

        @Override
        public @Nullable Weight convertToEntityAttribute(@Nullable Integer grams) {
            return grams == null ? null : new Weight(grams);
        }
    }
}
