package dev.lockstep.wire.cfsync.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.wire.cfsync.openapi.described.DescribedNote;
import dev.lockstep.wire.cfsync.openapi.described.DescribedTicket;
import dev.lockstep.wire.json.PlainJson;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MergedDocumentTest {
    private static final List<CollectionModel> MODELS =
            new CollectionRegistry(List.of(DescribedTicket.class, DescribedNote.class)).of("described");

    private static String document(String application, Optional<String> cookie) {
        return new OpenApiDocument(application, MODELS, 100, cookie).json("/" + application + "/api");
    }

    private static Map<?, ?> merged(String... applicationsAndDocuments) {
        Map<String, String> documents = new TreeMap<>();
        for (int i = 0; i < applicationsAndDocuments.length; i += 2) {
            documents.put(applicationsAndDocuments[i], applicationsAndDocuments[i + 1]);
        }
        return (Map<?, ?>) Objects.requireNonNull(PlainJson.parse(MergedDocument.json(documents)));
    }

    private static Object at(Object json, String... path) {
        Object value = json;
        for (String key : path) {
            value = Objects.requireNonNull(((Map<?, ?>) value).get(key), key);
        }
        return value;
    }

    /** All values of members with this name, at any depth. */
    private static Stream<Object> members(@Nullable Object json, String name) {
        if (json instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .flatMap(each -> Stream.concat(
                            each.getKey().equals(name) ? Stream.of(each.getValue()) : Stream.of(),
                            members(each.getValue(), name)));
        }
        return json instanceof List<?> array ? array.stream().flatMap(each -> members(each, name)) : Stream.of();
    }

    private static void assertReferencesExist(Map<?, ?> document) {
        List<String> references = members(document, "$ref").map(String::valueOf).toList();
        assertThat(references).isNotEmpty();
        references.forEach(reference -> at(document, reference.substring(2).split("/")));
    }

    @Test
    @Tag("CFS32")
    @DisplayName("[CFS32] paths begin with the address of the application, that of a socket with its context root")
    void paths() {
        Map<?, ?> document = merged("one", document("one", Optional.empty()), "two", document("two", Optional.empty()));

        assertThat(((Map<?, ?>) at(document, "paths")).keySet().stream().map(String::valueOf))
                .contains(
                        "/one/api/{room}/tickets",
                        "/two/api/{room}/tickets",
                        "/one/parties/main/{room}",
                        "/two/parties/main/{room}",
                        "/two/api/health")
                .allMatch(path -> path.startsWith("/one/") || path.startsWith("/two/"));
        assertThat(members(at(document, "paths"), "servers")).isEmpty();
    }

    @Test
    @Tag("CFS32")
    @DisplayName("[CFS32] schemas and operations of two applications keep apart, common parts are there once")
    void names() {
        Map<?, ?> document = merged("one", document("one", Optional.empty()), "two", document("two", Optional.empty()));

        assertThat(((Map<?, ?>) at(document, "components", "schemas"))
                        .keySet().stream().map(String::valueOf))
                .contains("one.tickets", "two.tickets", "one.tickets.Insert", "lockstep.Refusal")
                .doesNotContain("tickets", "one.lockstep.Refusal");
        assertThat(((Map<?, ?>) at(document, "components", "securitySchemes"))
                        .keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrder("bearer", "basic", "ticket");
        List<Object> operations = members(at(document, "paths"), "operationId").toList();
        assertThat(operations).contains("one.list_tickets", "two.health");
        assertThat(new HashSet<>(operations)).hasSameSizeAs(operations);
        assertReferencesExist(document);
    }

    @Test
    @Tag("CFS32")
    @DisplayName("[CFS32] an operation keeps the security of its own application, also if the settings differ")
    void security() {
        Map<?, ?> document =
                merged("one", document("one", Optional.empty()), "two", document("two", Optional.of("session")));

        assertThat(at(document, "paths", "/one/api/{room}/tickets", "get", "security")
                        .toString())
                .contains("bearer")
                .doesNotContain("cookie");
        assertThat(at(document, "paths", "/two/api/{room}/tickets", "get", "security")
                        .toString())
                .contains("two.bearer", "two.cookie");
        assertThat(at(document, "paths", "/one/api/health", "get", "security")).isEqualTo(List.of(Map.of()));
        Set<?> schemes = ((Map<?, ?>) at(document, "components", "securitySchemes")).keySet();
        assertThat(schemes.toString()).contains("bearer", "two.cookie").doesNotContain("one.");
        assertReferencesExist(document);
    }
}
