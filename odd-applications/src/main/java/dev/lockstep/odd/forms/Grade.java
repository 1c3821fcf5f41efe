package dev.lockstep.odd.forms;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stored as its first letter, by a converter that no field names. */
public enum Grade {
    FINE,
    GOOD,
    POOR;

    /** The letters of grades. */
    @Converter(autoApply = true)
    public static class Letter implements AttributeConverter<@Nullable Grade, @Nullable String> {
        @Override
        public @Nullable String convertToDatabaseColumn(@Nullable Grade grade) {
            return grade == null ? null : grade.name().substring(0, 1);
        }

        @Override
        public @Nullable Grade convertToEntityAttribute(@Nullable String letter) {
            return letter == null
                    ? null
                    : Stream.of(values())
                            .filter(grade -> grade.name().startsWith(letter))
                            .findFirst()
                            .orElseThrow();
        }
    }
}
