package dev.lockstep.odd.forms;

import jakarta.persistence.AttributeConverter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Stores texts in upper case. */
public class Upper implements AttributeConverter<@Nullable String, @Nullable String> {
    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable String text) {
        return text == null ? null : text.toUpperCase(Locale.ROOT);
    }

    @Override
    public @Nullable String convertToEntityAttribute(@Nullable String text) {
        return text;
    }
}
