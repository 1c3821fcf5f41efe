package dev.lockstep.collection.value;

import java.util.List;

/** The kind of JSON value that a type has, for descriptions of collections: types of front ends, OpenAPI. */
public sealed interface JsonKind {
    /** A string, whole number, number or boolean, by its name in JSON Schema. */
    record Scalar(String name) implements JsonKind {}

    /** One of some texts. */
    record Constants(List<String> names) implements JsonKind {}

    /** An array of values of one type. */
    record ArrayOf(FieldType<?> item) implements JsonKind {}

    /** An object with known members. */
    record ObjectOf(List<ObjectType.Member> members) implements JsonKind {}

    /** JSON of any kind. */
    record Any() implements JsonKind {}

    /** The kind of a type's values, without {@code null}. */
    static JsonKind of(FieldType<?> type) {
        return switch (type.form()) {
            case ObjectType object -> new ObjectOf(object.members());
            case ListForm list -> new ArrayOf(list.item());
            default -> ofOneValue(type.expected());
        };
    }

    private static JsonKind ofOneValue(String expected) {
        String constants = "one of [";
        if (expected.startsWith(constants)) {
            return new Constants(List.of(expected.substring(constants.length(), expected.length() - 1)
                    .split(", ", -1)));
        }
        return switch (expected) {
            case "boolean", "integer", "number" -> new Scalar(expected);
            case "JSON" -> new Any();
            default -> new Scalar("string"); // texts, times, numbers as texts
        };
    }
}
