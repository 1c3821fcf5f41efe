package dev.lockstep.collection.value;

import dev.lockstep.collection.mapping.InvalidMapping;
import dev.lockstep.collection.value.ParseResult.Problem;
import dev.lockstep.collection.value.ParseResult.Value;
import jakarta.persistence.AttributeConverter;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The types of classes that have no JSON form of their own, but an {@link AttributeConverter}: clients send and receive the
 * form that the converter stores.
 */
final class ConvertedTypes {
    private ConvertedTypes() {}

    /** @throws InvalidMapping if the converter cannot be made, or stores a class without a JSON form */
    static FieldType<?> of(String field, Class<?> converter) {
        Class<?> stored = stored(converter);
        FieldType<?> type = stored == null ? null : FieldType.of(stored).orElse(null);
        if (type == null) {
            throw new InvalidMapping("has the field '" + field + "' with the converter " + converter.getSimpleName()
                    + ", whose database form has no form in JSON: let it implement AttributeConverter with one of "
                    + FieldType.supported() + " as its second type, or make the field @Transient.");
        }
        return converted(type, instance(field, converter));
    }

    private static <T> FieldType<T> converted(FieldType<T> stored, AttributeConverter<Object, Object> converter) {
        EntityForm form = EntityForm.of(
                value -> {
                    Object database = converter.convertToDatabaseColumn(value);
                    return database == null ? null : stored.form().toRow(database);
                },
                value -> converter.convertToEntityAttribute(stored.form().toEntity(value)));
        return new FieldType<>(
                stored.kind(),
                json -> stored.read(json) instanceof Value value ? converted(value.java(), form) : stored.read(json),
                stored.writer(),
                form);
    }

    /** The value as the converter stores it. The converter is application code, which may refuse a value in any way. */
    private static ParseResult converted(Object value, EntityForm form) {
        try {
            return new Value(Objects.requireNonNull(
                    form.toRow(Objects.requireNonNull(form.toEntity(value), "no value")), "no value"));
        } catch (RuntimeException refused) {
            return new Problem("is not a valid value");
        }
    }

    /** The class that a converter stores; null if it does not state one. */
    private static @Nullable Class<?> stored(Class<?> converter) {
        for (Class<?> type = converter; type != null; type = type.getSuperclass()) {
            for (Type implemented : type.getGenericInterfaces()) {
                if (implemented instanceof ParameterizedType generic
                        && generic.getRawType() == AttributeConverter.class
                        && generic.getActualTypeArguments()[1] instanceof Class<?> second) {
                    return second;
                }
            }
        }
        return null;
    }

    @SuppressWarnings("unchecked") // the JPA provider has checked the types of the attribute and its converter
    private static AttributeConverter<Object, Object> instance(String field, Class<?> converter) {
        try {
            Constructor<?> constructor = converter.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (AttributeConverter<Object, Object>) constructor.newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new InvalidMapping("has the field '" + field + "' with the converter " + converter.getSimpleName()
                    + ", which cannot be made: give it a constructor without parameters.");
        }
    }
}
