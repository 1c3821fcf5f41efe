package dev.lockstep.collection.value;

import java.util.List;
import java.util.stream.Collectors;

/** The kind of JSON value that a type has. Messages, shapes of collections, TypeScript and OpenAPI derive from it. Immutable. */
public sealed interface JsonKind {
    /** Texts of any form. */
    JsonKind STRING = text("string");

    /** Whole numbers. */
    JsonKind INTEGER = new Scalar("integer", "integer");

    /** Numbers. */
    JsonKind NUMBER = new Scalar("number", "number");

    /** True or false. */
    JsonKind BOOLEAN = new Scalar("boolean", "boolean");

    /** Texts of one form, such as times. */
    static JsonKind text(String format) {
        return new Scalar("string", format);
    }

    /** The form that a client has to send, for messages. */
    String expected();

    /** The part of a collection's shape: it differs where a stored row of one kind could not be read as the other. */
    String shape();

    /**
     * A string, whole number, number or boolean.
     *
     * @param name the name in JSON Schema
     * @param format the form that is sent. Part of the shape: another word makes clients read anew
     */
    record Scalar(String name, String format) implements JsonKind {
        @Override
        public String expected() {
            return format;
        }

        @Override
        public String shape() {
            return format;
        }
    }

    /** One of some texts. The texts are no part of the shape. */
    record Constants(List<String> names) implements JsonKind {
        @Override
        public String expected() {
            return "one of " + names;
        }

        @Override
        public String shape() {
            return "constant";
        }
    }

    /** An array of values of one type. */
    record ArrayOf(FieldType<?> item) implements JsonKind {
        @Override
        public String expected() {
            return "array of " + item.expected();
        }

        @Override
        public String shape() {
            return "array of " + item.kind().shape();
        }
    }

    /** An object with known members. */
    record ObjectOf(List<ObjectType.Member> members) implements JsonKind {
        @Override
        public String expected() {
            return members.stream()
                    .filter(member -> member.access().sent())
                    .map(member -> member.name() + ": " + member.type().expected())
                    .collect(Collectors.joining(", ", "object {", "}"));
        }

        @Override
        public String shape() {
            return members.stream()
                    .filter(member -> member.access().sent())
                    .map(member -> member.name() + ": " + member.type().kind().shape())
                    .collect(Collectors.joining(", ", "object {", "}"));
        }
    }

    /** JSON of any kind. */
    record Any() implements JsonKind {
        @Override
        public String expected() {
            return "JSON";
        }

        @Override
        public String shape() {
            return "JSON";
        }
    }
}
