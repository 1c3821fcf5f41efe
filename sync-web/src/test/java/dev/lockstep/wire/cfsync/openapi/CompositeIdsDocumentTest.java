package dev.lockstep.wire.cfsync.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.wire.cfsync.openapi.described.DescribedReading;
import dev.lockstep.wire.cfsync.openapi.described.DescribedSeat;
import dev.lockstep.wire.cfsync.openapi.described.DescribedTicket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The description of collections whose ids have several columns. */
class CompositeIdsDocumentTest {
    private static final String TEXT = "{\"type\":\"string\"}";

    private final String described = new OpenApiDocument(
                    "described",
                    new CollectionRegistry(List.of(DescribedTicket.class, DescribedSeat.class, DescribedReading.class))
                            .of("described"),
                    100,
                    Optional.of("token"))
            .json("/described/api");
    private final JsonObject document = parse(described);

    private static JsonObject parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static JsonValue at(JsonObject json, String pointer) {
        return json.getValue(pointer);
    }

    private JsonValue schema(String name) {
        return at(document, "/components/schemas/" + name);
    }

    @Test
    @Tag("CFS31")
    @Tag("ENT8")
    @DisplayName("[CFS31][ENT8] a row has its id as a text, and the parts as fields of their own types")
    void rows() {
        assertThat(schema("seats/properties"))
                .hasToString("{\"id\":{\"type\":\"string\"},"
                        + "\"car\":{\"type\":\"string\",\"minLength\":0,\"maxLength\":20},"
                        + "\"number\":{\"type\":\"integer\"},"
                        + "\"passenger\":{\"type\":[\"string\",\"null\"]}}");
        assertThat(schema("readings/properties"))
                .hasToString("{\"id\":{\"type\":\"string\"}," + "\"ticket\":{\"type\":\"string\"},"
                        + "\"day\":{\"type\":\"string\",\"format\":\"date\"},"
                        + "\"measured\":{\"type\":\"integer\"}}");
    }

    @Test
    @Tag("CFS31")
    @Tag("ENT8")
    @DisplayName("[CFS31][ENT8] an insert needs the parts, and an update names none of them")
    void writes() {
        assertThat(schema("seats.Insert/required")).hasToString("[\"car\",\"number\"]");
        assertThat(schema("readings.Insert/required")).hasToString("[\"ticket\",\"day\"]");
        assertThat(schema("seats.Update/properties").asJsonObject()).containsOnlyKeys("passenger");
        assertThat(schema("readings.Update/properties").asJsonObject()).containsOnlyKeys("measured");
    }

    @Test
    @Tag("CFS31")
    @Tag("CFS32")
    @Tag("ENT8")
    @DisplayName(
            "[CFS31][CFS32][ENT8] the path of a row has one parameter for the whole id, and a bulk names ids as texts")
    void paths() {
        JsonObject merged = parse(MergedDocument.json(Map.of("described", described)));
        for (String collection : List.of("seats", "readings")) {
            String row = "/paths/~1{room}~1" + collection + "~1{row}";
            assertThat(at(document, row + "/parameters"))
                    .hasToString("[{\"$ref\":\"#/components/parameters/room\"},"
                            + "{\"$ref\":\"#/components/parameters/row\"}]");
            assertThat(at(document, row).asJsonObject()).containsKeys("put", "delete");
            assertThat(at(
                            document,
                            "/paths/~1{room}~1" + collection
                                    + "~1bulk/put/requestBody/content/application~1json/schema/properties/items/items"
                                    + "/properties/id"))
                    .hasToString(TEXT);
            assertThat(at(merged, "/paths").asJsonObject())
                    .containsKey("/described/api/{room}/" + collection + "/{row}");
        }
        assertThat(at(document, "/components/parameters/row/schema")).hasToString(TEXT);
        assertThat(at(document, "/components/parameters/row/required")).isEqualTo(JsonValue.TRUE);
    }
}
