package dev.lockstep.wire.cfsync.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.wire.cfsync.openapi.described.DescribedNote;
import dev.lockstep.wire.cfsync.openapi.described.DescribedTicket;
import dev.lockstep.wire.json.PlainJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {
    private static final List<CollectionModel> MODELS =
            new CollectionRegistry(List.of(DescribedTicket.class, DescribedNote.class)).of("described");

    private final Object document = Objects.requireNonNull(PlainJson.parse(
            new OpenApiDocument("described", MODELS, 100, Optional.of("token")).json("/described/api")));

    /** The value at some keys and indexes of a JSON value. */
    private static Object at(Object json, Object... path) {
        Object value = json;
        for (Object key : path) {
            value = Objects.requireNonNull(
                    key instanceof Integer index ? ((List<?>) value).get(index) : ((Map<?, ?>) value).get(key),
                    String.valueOf(key));
        }
        return value;
    }

    private Object schema(String name, Object... path) {
        return at(at(document, "components", "schemas", name), path);
    }

    private static List<Object> references(@Nullable Object json) {
        List<Object> found = new ArrayList<>();
        if (json instanceof Map<?, ?> members) {
            members.forEach((key, value) -> {
                if ("$ref".equals(key)) {
                    found.add(String.valueOf(value));
                }
                found.addAll(references(value));
            });
        } else if (json instanceof List<?> elements) {
            elements.forEach(each -> found.addAll(references(each)));
        }
        return found;
    }

    @Test
    @Tag("CFS31")
    @DisplayName("[CFS31] each collection has the routes of its operations, and the application has one for mutations")
    void paths() {
        Map<?, ?> paths = (Map<?, ?>) at(document, "paths");

        assertThat(paths.keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrder(
                        "/{room}/notes",
                        "/{room}/tickets",
                        "/{room}/tickets/{row}",
                        "/{room}/tickets/bulk",
                        "/{room}/mutations",
                        "/health",
                        "/ticket",
                        "/parties/main/{room}");
        assertThat(((Map<?, ?>) at(paths, "/{room}/tickets")).keySet().stream().map(String::valueOf))
                .containsExactly("parameters", "get", "post");
        assertThat(((Map<?, ?>) at(paths, "/{room}/tickets/{row}"))
                        .keySet().stream().map(String::valueOf))
                .containsExactly("parameters", "put");
        assertThat(at(document, "servers", 0, "url")).isEqualTo("/described/api");
    }

    @Test
    @Tag("CFS31")
    @DisplayName("[CFS31] schemas have the fields that are sent, and those that inserts and updates may name")
    void schemas() {
        assertThat(((Map<?, ?>) schema("tickets", "properties"))
                        .keySet().stream().map(String::valueOf))
                .containsExactly("id", "status", "number", "opened");
        assertThat(((Map<?, ?>) schema("tickets.Insert", "properties"))
                        .keySet().stream().map(String::valueOf))
                .containsExactly("status", "number", "opened", "pin");
        assertThat(schema("tickets.Insert", "required")).isEqualTo(List.of("number"));
        assertThat(((Map<?, ?>) schema("tickets.Update", "properties"))
                        .keySet().stream().map(String::valueOf))
                .containsExactly("status", "opened", "pin");
        assertThat(schema("tickets", "properties", "number", "type")).isEqualTo("string");
        assertThat(schema("tickets", "properties", "number", "maxLength")).hasToString("20");
        assertThat(schema("tickets", "properties", "opened"))
                .isEqualTo(Map.of("type", List.of("string", "null"), "format", "date-time"));
        List<?> constants = (List<?>) schema("tickets", "properties", "status", "enum");
        assertThat(constants.subList(0, 2).stream().map(String::valueOf)).containsExactly("OPEN", "DONE");
        assertThat(constants).hasSize(3);
    }

    @Test
    @Tag("CFS31")
    @DisplayName("[CFS31] a list has the parameters of pages, and a filter and orders by the fields that declare them")
    void lists() {
        List<?> ofTickets = (List<?>) at(document, "paths", "/{room}/tickets", "get", "parameters");
        List<?> ofNotes = (List<?>) at(document, "paths", "/{room}/notes", "get", "parameters");

        assertThat(ofNotes.stream().map(each -> at(each, "$ref")))
                .containsExactly(
                        "#/components/parameters/scope",
                        "#/components/parameters/limit",
                        "#/components/parameters/after",
                        "#/components/parameters/cursor");
        assertThat(ofTickets).hasSize(6);
        Object filter = at(ofTickets, 0, "content", "application/json", "schema", "properties");
        assertThat(((Map<?, ?>) filter).keySet().stream().map(String::valueOf)).containsExactly("status", "opened");
        assertThat(((Map<?, ?>) at(filter, "opened", "anyOf", 3, "properties"))
                        .keySet().stream().map(String::valueOf))
                .containsExactly("eq", "in", "null", "gt", "gte", "lt", "lte");
        assertThat(((Map<?, ?>) at(filter, "status", "anyOf", 3, "properties"))
                        .keySet().stream().map(String::valueOf))
                .containsExactly("eq", "in", "null");
        assertThat(at(ofTickets, 1, "schema", "enum")).isEqualTo(List.of("opened", "-opened"));
    }

    @Test
    @Tag("CFS31")
    @DisplayName(
            "[CFS31] a caller signs in by token, password or the configured cookie, and by ticket on the socket only")
    void security() {
        assertThat(at(document, "components", "securitySchemes", "cookie", "name"))
                .isEqualTo("token");
        assertThat(at(document, "security").toString()).contains("cookie").doesNotContain("ticket");
        assertThat(at(document, "paths", "/parties/main/{room}", "get", "security")
                        .toString())
                .contains("ticket");
        assertThat(at(document, "paths", "/parties/main/{room}", "servers", 0, "url"))
                .isEqualTo("/described/");
        Object withoutCookie = Objects.requireNonNull(PlainJson.parse(
                new OpenApiDocument("described", MODELS, 100, Optional.empty()).json("/described/api")));
        assertThat(withoutCookie.toString()).doesNotContain("cookie");
    }

    @Test
    @Tag("CFS31")
    @DisplayName("[CFS31] every reference names a component, and refusals have the codes of the dialect")
    void references() {
        assertThat(references(document)).isNotEmpty().allSatisfy(reference -> {
            String path = String.valueOf(reference).substring("#/".length());
            assertThat(at(document, (Object[]) path.split("/"))).isNotNull();
        });
        assertThat((List<?>) schema("lockstep.Refusal", "properties", "error", "properties", "code", "enum"))
                .map(String::valueOf)
                .contains("VALIDATION_ERROR", "IN_USE", "FORBIDDEN")
                .doesNotContain("INVALID");
    }
}
