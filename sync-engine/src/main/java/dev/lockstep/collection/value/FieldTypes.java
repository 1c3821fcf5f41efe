package dev.lockstep.collection.value;

import dev.lockstep.api.entity.BelongsTo;
import dev.lockstep.api.entity.RoomColumn;
import dev.lockstep.api.entity.SendAs;
import dev.lockstep.collection.mapping.Attribute;
import dev.lockstep.collection.mapping.IdType;
import dev.lockstep.collection.mapping.InvalidMapping;
import dev.lockstep.collection.mapping.KeyType;
import dev.lockstep.collection.mapping.ProviderAnnotations;
import dev.lockstep.collection.mapping.Subtypes;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Temporal;
import jakarta.persistence.TemporalType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.sql.Time;
import java.time.OffsetTime;
import java.util.Optional;

/** The JSON forms of attributes, by their Java types and annotations. */
public final class FieldTypes {
    private FieldTypes() {}

    /** @throws InvalidMapping if values of the attribute have no form in JSON */
    public static FieldType<?> of(Attribute attribute) {
        if (attribute.key().isPresent()) {
            return ofKey(attribute.key().get());
        }
        if (attribute.has(RoomColumn.class) && attribute.relation().isPresent()) {
            return roomName(attribute);
        }
        if (isId(attribute) && isNumber(attribute.type())) {
            return FieldType.asText(ownType(attribute));
        }
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

    /** An id of several columns is one text. */
    private static FieldType<Object> ofKey(KeyType key) {
        String expected = "id of the form " + key.described();
        return new FieldType<>(
                JsonKind.text(expected),
                json -> json instanceof String text
                        ? key.read(text)
                                .<ParseResult>map(ParseResult.Value::new)
                                .orElse(new ParseResult.Problem("expected " + expected))
                        : ParseResult.Problem.expected(expected, json),
                (json, value) -> json.string(key.write(value)));
    }

    /** A room has a name, whatever the type of the id that it is. */
    private static FieldType<?> roomName(Attribute relation) {
        IdType id = IdType.of(relation.type()).orElseThrow();
        return FieldType.of(String.class)
                .orElseThrow()
                .in(EntityForm.of(
                        Object::toString,
                        name -> id.read((String) name)
                                .orElseThrow(() -> new IllegalArgumentException("no room is named '" + name + "'"))));
    }

    /** The texts that name the classes of rows. */
    public static FieldType<String> ofSubtype(Subtypes subtypes) {
        return TextTypes.oneOf(subtypes.texts())
                .in(EntityForm.of(type -> type instanceof Class<?> ? subtypes.textOf(type) : type, text -> text));
    }

    /** The type of a member of an embeddable, or of a record in a JSON column. */
    static FieldType<?> ofMember(Attribute attribute) {
        if (attribute.has(ElementCollection.class)) {
            throw new InvalidMapping("has the collection '" + attribute.name()
                    + "' within an embeddable: move the @ElementCollection to the entity, or store it as JSON.");
        }
        if (attribute.relation().isPresent()) {
            throw new InvalidMapping("has the relation '" + attribute.name()
                    + "' within an embeddable, where nobody checks the row that it names: move it to the entity.");
        }
        return of(attribute);
    }

    /** Ids are texts wherever they are sent: clients compare them with the ids of rows. */
    private static boolean isId(Attribute attribute) {
        return attribute.has(Id.class)
                || attribute.has(BelongsTo.class)
                || attribute.relation().isPresent();
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type)
                || (type.isPrimitive() && type != boolean.class && type != char.class);
    }

    private static FieldType<?> ownType(Attribute attribute) {
        requireStorable(attribute);
        if (ProviderAnnotations.isJson(attribute.element())) {
            return json(attribute);
        }
        if (attribute.has(Embedded.class) || attribute.type().isAnnotationPresent(Embeddable.class)) {
            return ObjectTypes.of(attribute.name(), attribute.type(), attribute.access());
        }
        if (attribute.isElementCollection()) {
            return elementCollection(attribute);
        }
        if (!attribute.has(Convert.class) && !FieldType.isOf(attribute.type()) && ListForm.supports(attribute.type())) {
            return array(attribute);
        }
        Optional<Column> scaled = attribute
                .annotation(Column.class)
                .filter(column -> attribute.type() == BigDecimal.class)
                .filter(column -> column.precision() > 0 || column.scale() > 0);
        return scaled.<FieldType<?>>map(column -> FieldType.decimal(column.scale()))
                .or(() -> FieldType.of(attribute.type()))
                .or(() -> converter(attribute).map(converter -> ConvertedTypes.of(attribute.name(), converter)))
                .orElseThrow(() -> unsupported(attribute));
    }

    /** Refuses what the JPA provider stores in the time zone of the JVM, and what PostgreSQL's driver does not accept. */
    private static void requireStorable(Attribute attribute) {
        Class<?> type = attribute.type();
        if (attribute.has(Convert.class)) {
            return;
        }
        if (type == java.sql.Date.class
                || type == Time.class
                || attribute
                        .annotation(Temporal.class)
                        .filter(temporal -> temporal.value() != TemporalType.TIMESTAMP)
                        .isPresent()) {
            throw new InvalidMapping(
                    "has the field '" + attribute.name() + "' with a date or a time that depends on the"
                            + " server's time zone, in which some days have no midnight: use the type LocalDate or LocalTime.");
        }
        if (type == OffsetTime.class) {
            throw new InvalidMapping("has the field '" + attribute.name() + "' of type OffsetTime, which not every"
                    + " database's driver accepts: use the type LocalTime, and a ZoneOffset beside it.");
        }
    }

    private static FieldType<?> json(Attribute attribute) {
        if (!JsonBinding.supports(attribute.genericType())) {
            throw new InvalidMapping("has the field '" + attribute.name() + "' with JSON of type "
                    + attribute.genericType().getTypeName()
                    + ", which has no form in JSON: use a record, a class with equals() and with public getters and"
                    + " setters of supported types, a Map with String keys, a List, a Set, or Jackson's JsonNode.");
        }
        return JsonTypes.of(attribute.genericType());
    }

    /** The type of an array column. */
    private static FieldType<?> array(Attribute attribute) {
        Optional<FieldType<?>> item = itemClass(attribute.type(), attribute.genericType())
                .filter(type -> type != Byte.class && type != char.class && type != Character.class)
                .flatMap(FieldType::of);
        return ListTypes.inColumn(attribute.type(), item.orElseThrow(() -> unsupported(attribute)));
    }

    /** The type of a collection in a table of its own. */
    private static FieldType<?> elementCollection(Attribute attribute) {
        Optional<Class<?>> item = itemClass(attribute.type(), attribute.genericType());
        if (!ListForm.supports(attribute.type()) || attribute.type().isArray() || item.isEmpty()) {
            throw new InvalidMapping("has the field '" + attribute.name() + "' with @ElementCollection of type "
                    + attribute.type().getSimpleName() + ": use a List, a Set, a SortedSet or a Collection, or a JSON"
                    + " column with @JdbcTypeCode(SqlTypes.JSON) for a map.");
        }
        if (attribute.has(Lob.class)) {
            throw new InvalidMapping("has the field '" + attribute.name() + "' with @ElementCollection and @Lob, whose"
                    + " items PostgreSQL would store as numbers of large objects: remove @Lob.");
        }
        FieldType<?> type = item.get().isAnnotationPresent(Embeddable.class)
                ? ObjectTypes.of(attribute.name(), item.get(), attribute.access())
                : converter(attribute)
                        .<FieldType<?>>map(converter -> ConvertedTypes.of(attribute.name(), converter))
                        .or(() -> FieldType.of(item.get()))
                        .orElseThrow(() -> unsupported(attribute));
        try {
            return ListTypes.inTable(
                    attribute.type(),
                    type,
                    attribute.has(OrderColumn.class),
                    attribute.annotation(OrderBy.class).map(OrderBy::value).orElse(""));
        } catch (IllegalArgumentException wrong) {
            throw new InvalidMapping("has the field '" + attribute.name() + "' with an @OrderBy that "
                    + wrong.getMessage() + ": name one.");
        }
    }

    private static Optional<Class<?>> itemClass(Class<?> javaClass, Type generic) {
        if (javaClass.isArray()) {
            return Optional.of(javaClass.getComponentType());
        }
        return generic instanceof ParameterizedType type && type.getActualTypeArguments()[0] instanceof Class<?> item
                ? Optional.of(item)
                : Optional.empty();
    }

    private static Optional<Class<?>> converter(Attribute attribute) {
        return attribute
                .annotation(Convert.class)
                .filter(convert -> !convert.disableConversion())
                .map(Convert::converter);
    }

    private static InvalidMapping unsupported(Attribute attribute) {
        return new InvalidMapping("has the field '" + attribute.name() + "' of type "
                + attribute.type().getSimpleName() + ", which has no form in JSON: use one of "
                + FieldType.supported()
                + ", a primitive or an enum, name an AttributeConverter with @Convert, or make it"
                + " @Transient.");
    }
}
