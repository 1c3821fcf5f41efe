package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.collection.catalog.MappingCheck;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Shipment;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values with parts: embeddables, arrays and JSON columns. */
@OnEveryDatabase
class StructuredValuesTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p");

    /** One for all tests of a database: each takes seconds to make. */
    private static final Map<TestDatabase, TestDatabase> OWN = new ConcurrentHashMap<>();

    private final TestDatabase database;
    private EngineFixture engine;

    StructuredValuesTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void make() throws SQLException {
        database.execute("drop table if exists workshop_shipments");
        database.execute(
                database.isH2()
                        ? Shipment.TABLE.formatted("json", "varchar(20) array", "integer array")
                        : Shipment.TABLE.formatted("jsonb", "varchar(20)[]", "integer[]"));
        CollectionRegistry collections = TestDatabase.collectionsOf(Shipment.class);
        TestDatabase own = OWN.computeIfAbsent(database, with -> with.with(Shipment.class));
        engine = new EngineFixture(own, collections);
        new MappingCheck(collections, own.transactions()).check();
        try (Connection connection = database.dataSource().getConnection()) {
            new StoredTables(collections).read(connection);
        }
    }

    @AfterEach
    void drop() {
        database.execute("drop table workshop_shipments");
    }

    private void assertShown(MutationResult answer, String part) {
        assertThat(answer).matches(Results::isApplied);
        String row = Results.row(answer).orElseThrow();
        assertThat(row).contains(part);
        assertThat(engine.json("shipments", "p")).contains(row);
        assertThat(engine.replayed("shipments", "p")).containsValue(row);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(
                        "address",
                        Map.of("street", "Main", "city", "Kiel", "place", Map.of("latitude", new BigDecimal("54.3"))),
                        "{\"street\":\"Main\",\"city\":\"Kiel\",\"place\":{\"latitude\":54.3,\"longitude\":null}}"),
                arguments("address", Map.of(), "null"),
                arguments("due", Map.of("start", "2026-11-21"), "{\"start\":\"2026-11-21\",\"end\":null}"),
                arguments("labels", Map.of("b", List.of("y", "x"), "a", List.of()), "{\"a\":[],\"b\":[\"y\",\"x\"]}"),
                arguments(
                        "steps",
                        List.of(Map.of("name", "pack", "minutes", 5L), Map.of("name", "\"go\"", "minutes", 1L)),
                        "[{\"minutes\":5,\"name\":\"pack\"},{\"minutes\":1,\"name\":\"\\\"go\\\"\"}]"),
                arguments(
                        "extra",
                        Map.of("b", List.of(1L, Map.of("c", true)), "a", new BigDecimal("0.5")),
                        "{\"a\":0.5,\"b\":[1,{\"c\":true}]}"),
                arguments("extra", Map.of(), "{}"),
                arguments("tree", "text", "\"text\""),
                arguments("tree", List.of(9_007_199_254_740_993L, false), "[9007199254740993,false]"),
                arguments("tree", 1L, "1"),
                arguments("tree", Map.of("a", Map.of("b", "c")), "{\"a\":{\"b\":\"c\"}}"),
                arguments("box", Map.of("width", 3L, "colour", "red"), "{\"colour\":\"red\",\"width\":3}"),
                arguments("features", List.of("fragile"), "[\"fragile\"]"),
                arguments("features", List.of("p", "a", "p", "aa"), "[\"a\",\"aa\",\"p\"]"),
                arguments("tags", List.of("b", "a", "b"), "[\"b\",\"a\",\"b\"]"),
                arguments("tags", List.of(), "[]"),
                arguments("sizes", List.of(3L, 1L), "[3,1]"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("values")
    @Tag("ENT21")
    @DisplayName("[ENT21] a value with parts is answered, logged and listed alike, and is null when it is cleared")
    void forms(String field, Object sent, String shown) {
        String part = "\"" + field + "\":" + shown;
        assertShown(engine.alone(IN_ROOM.inserts("shipments", "s", Map.of(field, sent))), part);
        engine.alone(IN_ROOM.inserts("shipments", "t", Map.of()));
        assertShown(engine.alone(IN_ROOM.updates("shipments", "t", Map.of(field, sent))), part);
        assertShown(
                engine.alone(IN_ROOM.updates("shipments", "s", Collections.singletonMap(field, null))),
                "\"" + field + "\":null");
        assertThat(engine.alone(IN_ROOM.deletes("shipments", "s"))).matches(Results::isApplied);
        assertThat(engine.list("shipments", "p")).hasSize(1);
    }

    @Test
    @Tag("ENT21")
    @DisplayName("[ENT21] an update of some members of an object keeps the others, also twice in one batch")
    void partial() {
        List<MutationResult> answers = engine.together(
                IN_ROOM.inserts("shipments", "s", Map.of("address", Map.of("street", "Main", "city", "Kiel"))),
                IN_ROOM.updates("shipments", "s", Map.of("address", Map.of("city", "Lund"))),
                IN_ROOM.updates("shipments", "s", Map.of("address", Map.of("place", Map.of("longitude", 13L)))));

        assertShown(
                answers.getLast(),
                "{\"street\":\"Main\",\"city\":\"Lund\",\"place\":{\"latitude\":null,\"longitude\":13.0}}");
        assertThat(Results.row(answers.getLast()).orElseThrow()).contains("\"version\":2");
        assertShown(
                engine.alone(IN_ROOM.updates("shipments", "s", Map.of("tags", List.of("new")))), "\"city\":\"Lund\"");
    }

    @Test
    @Tag("ENT21")
    @DisplayName("[ENT21] an update that changes no value changes no version")
    void unchanged() {
        Map<String, Object> values = Map.of(
                "address",
                Map.of("street", "Main"),
                "tags",
                List.of("a"),
                "labels",
                Map.of("a", List.of("x")),
                "extra",
                Map.of("a", 1L, "b", new BigDecimal("0.5")),
                "tree",
                List.of(1L, Map.of("a", 2L)),
                "box",
                Map.of("width", 3L),
                "sizes",
                List.of(1L));
        engine.alone(IN_ROOM.inserts("shipments", "s", values));

        assertShown(engine.alone(IN_ROOM.updates("shipments", "s", values)), "\"version\":0");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments(
                        "address",
                        "Main",
                        "address",
                        "expected object {street: string, city: string, place: object"
                                + " {latitude: number, longitude: number}}, received string"),
                arguments("address", Map.of("city", 1L), "address.city", "expected string, received number"),
                arguments(
                        "address",
                        Map.of("place", Map.of("latitude", "x")),
                        "address.place.latitude",
                        "expected number, received string"),
                arguments("address", Map.of("city", "Constantinople"), "address.city", "size must be between 0 and 10"),
                arguments(
                        "steps",
                        List.of(Map.of("name", 1L, "minutes", 1L)),
                        "steps.name",
                        "expected string, received number"),
                arguments("labels", List.of(), "labels", "expected object, received array"),
                arguments("extra", List.of(), "extra", "expected object, received array"),
                arguments("box", Map.of("width", "x"), "box.width", "expected integer, received string"),
                arguments("tags", "a", "tags", "expected array of string, received string"),
                arguments("tags", List.of("a", 2L), "tags.1", "expected string, received number"),
                arguments("sizes", Collections.nCopies(10_001, 1L), "sizes", "has more than 10000 items"));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("wrong")
    @Tag("ENT21")
    @DisplayName("[ENT21] another value is refused by the path of the part, on insert and on update")
    void refuses(String field, Object sent, String path, String message) {
        engine.alone(IN_ROOM.inserts("shipments", "s", Map.of()));

        assertThat(Results.refused(engine.alone(IN_ROOM.inserts("shipments", "t", Map.of(field, sent))))
                        .refusal()
                        .issues())
                .containsExactly(new Refusal.Issue(path, message));
        assertThat(Results.refused(engine.alone(IN_ROOM.updates("shipments", "s", Map.of(field, sent))))
                        .refusal()
                        .issues())
                .containsExactly(new Refusal.Issue(path, message));
    }
}
