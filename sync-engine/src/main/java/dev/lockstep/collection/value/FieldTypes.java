package dev.lockstep.collection.value;

import dev.lockstep.api.entity.SendAs;
import dev.lockstep.collection.mapping.Attribute;
import dev.lockstep.collection.mapping.InvalidMapping;
import jakarta.persistence.Column;
import java.math.BigDecimal;
import java.util.Optional;

/** The JSON forms of attributes, by their Java types and annotations. */
public final class FieldTypes {
    private FieldTypes() {}

    /** @throws InvalidMapping if values of the attribute have no form in JSON */
    public static FieldType<?> of(Attribute attribute) {
        Optional<SendAs> form = attribute.annotation(SendAs.class);
        if (form.isEmpty() || form.get().value() == SendAs.Form.NUMBER) {
            return ownType(attribute);
        }
        if (!isNumber(attribute.type())) {
            throw new InvalidMapping("has the field '" + attribute.name() + "' with @SendAs(TEXT), but its type "
                    + attribute.type().getSimpleName() + " is not a number: remove the annotation.");
        }
        return FieldType.asText(ownType(attribute));
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type) || (type.isPrimitive() && type != boolean.class);
    }

    private static FieldType<?> ownType(Attribute attribute) {
        Optional<Column> scaled = attribute
                .annotation(Column.class)
                .filter(column -> attribute.type() == BigDecimal.class)
                .filter(column -> column.precision() > 0 || column.scale() > 0);
        return scaled.<FieldType<?>>map(column -> FieldType.decimal(column.scale()))
                .or(() -> FieldType.of(attribute.type()))
                .orElseThrow(() -> new InvalidMapping("has the field '" + attribute.name() + "' of type "
                        + attribute.type().getSimpleName() + ", which has no form in JSON: use one of "
                        + FieldType.supported() + ", a primitive or an enum, or make it @Transient."));
    }
}
