package dev.lockstep.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.Shipment;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RowReaderTest {
    private static final ValidatorFactory VALIDATION = Validation.buildDefaultValidatorFactory();

    private final RowReader reader = new RowReader(VALIDATION);
    private final CollectionModel tasks = model("tasks");
    private final CollectionModel tools = model("tools");
    private final CollectionModel lockers = model("lockers");

    @AfterAll
    static void close() {
        VALIDATION.close();
    }

    private static CollectionModel model(String name) {
        return TestDatabase.collections()
                .find("workshop", new CollectionName(name))
                .orElseThrow();
    }

    private @Nullable Object inserted(String field, Map<String, @Nullable Object> sent) throws InvalidFields {
        return reader.insert(tasks, sent).get(tasks.named(field).orElseThrow());
    }

    private static Map<String, @Nullable Object> titled(String field, @Nullable Object value) {
        Map<String, @Nullable Object> sent = new HashMap<>();
        sent.put("title", "t");
        sent.put(field, value);
        return sent;
    }

    @Test
    @Tag("COL5")
    @DisplayName("[COL5] a field that was not sent has the entity's default on insert")
    void defaults() throws InvalidFields {
        assertThat(inserted("effort", Map.of("title", "t"))).isEqualTo(3);
        assertThat(inserted("effort", Map.of("title", "t", "effort", 5L))).isEqualTo(5);
        assertThat(inserted("priority", Map.of("title", "t"))).isNull();
    }

    @Test
    @Tag("COL2")
    @DisplayName("[COL2] a decimal has the digits of its column, where the column states them")
    void decimals() throws InvalidFields {
        FieldModel weight = tools.named("weight").orElseThrow();
        BigDecimal kept = new BigDecimal("1.234");
        Map<String, @Nullable Object> finer = Map.of("weight", new BigDecimal("1.2345"));

        assertThat(reader.update(tools, Map.of("weight", kept))).isEqualTo(Map.of(weight, kept));
        InvalidFields refused = catchThrowableOfType(InvalidFields.class, () -> reader.update(tools, finer));
        assertThat(refused.issues()).containsExactly(new Issue("weight", "has more digits after the point than 3"));
    }

    @Test
    @Tag("COL5")
    @DisplayName("[COL5] a field that was not sent is not among the values of an update")
    void updateOnlyWhatWasSent() throws InvalidFields {
        Map<FieldModel, @Nullable Object> values = reader.update(tasks, titled("dueAt", null));

        assertThat(values.keySet()).extracting(FieldModel::name).containsExactlyInAnyOrder("title", "dueAt");
        assertThat(values.get(tasks.named("dueAt").orElseThrow())).isNull();
    }

    @Test
    @Tag("COL4")
    @DisplayName("[COL4] id, room, timestamps, hidden fields and unknown fields are ignored")
    void serversOwn() throws InvalidFields {
        Map<String, @Nullable Object> sent = new HashMap<>();
        for (String field :
                Arrays.asList("id", "project", "createdAt", "updatedAt", "deletedAt", "secret", "due", "unheardOf")) {
            sent.put(field, new HashMap<>()); // its type is not read either
        }
        assertThat(reader.update(tasks, sent)).isEmpty();

        sent.put("title", "t");
        RowImage row = reader.insert(tasks, sent).inserted(new EntityId("i"), "p1", Instant.EPOCH);
        assertThat(row.row().json())
                .isEqualTo("{\"id\":\"i\",\"project\":\"p1\",\"title\":\"t\",\"effort\":3,\"priority\":null,"
                        + "\"dueAt\":null,\"createdAt\":\"1970-01-01T00:00:00.000Z\","
                        + "\"updatedAt\":\"1970-01-01T00:00:00.000Z\"}");
    }

    @Test
    @Tag("COL3")
    @DisplayName("[COL3] a refusal names every field of a wrong type by its JSON name")
    void namesEveryType() {
        InvalidFields invalid = catchThrowableOfType(
                InvalidFields.class,
                () -> reader.insert(tasks, Map.of("title", 1L, "effort", "2", "dueAt", true, "priority", "?")));

        assertThat(invalid.issues())
                .containsExactly(
                        new Issue("dueAt", "expected date, received boolean"),
                        new Issue("effort", "expected integer, received string"),
                        new Issue("priority", "expected one of [LOW, HIGH]"),
                        new Issue("title", "expected string, received number"));
    }

    @Test
    @Tag("COL3")
    @DisplayName("[COL3] a refusal names every field that breaks a constraint, in a stable order")
    void namesEveryConstraint() {
        for (int i = 0; i < 20; i++) {
            InvalidFields invalid = catchThrowableOfType(
                    InvalidFields.class, () -> reader.insert(tasks, Map.of("title", " ".repeat(300), "effort", 101L)));

            assertThat(invalid.issues())
                    .containsExactly(
                            new Issue("effort", "must be less than or equal to 100"),
                            new Issue("title", "must not be blank"),
                            new Issue("title", "size must be between 0 and 200"));
        }
    }

    @Test
    @Tag("COL3")
    @DisplayName("[COL3] an update is checked against the constraints of the fields that it sends")
    void updatesAreHeldToConstraints() {
        assertThatThrownBy(() -> reader.update(tasks, Map.of("effort", 101L)))
                .isInstanceOfSatisfying(
                        InvalidFields.class,
                        invalid -> assertThat(invalid.issues())
                                .containsExactly(new Issue("effort", "must be less than or equal to 100")));
    }

    @Test
    @Tag("COL3")
    @DisplayName("[COL3] null is no value for a primitive")
    void nullPrimitive() {
        for (Refused request : new Refused[] {
            () -> reader.insert(tasks, titled("effort", null)), () -> reader.update(tasks, titled("effort", null))
        }) {
            assertThatThrownBy(request::read)
                    .isInstanceOfSatisfying(
                            InvalidFields.class,
                            invalid -> assertThat(invalid.issues())
                                    .containsExactly(new Issue("effort", "expected integer, received null")));
        }
    }

    /** A request that the reader refuses. */
    private interface Refused {
        void read() throws InvalidFields;
    }

    @Test
    @Tag("COL3")
    @DisplayName("[COL3] a missing value of a not-null column is refused on insert, sent as null or not sent")
    void requiredColumn() {
        assertThatThrownBy(() -> reader.insert(tools, Map.of()))
                .isInstanceOfSatisfying(
                        InvalidFields.class,
                        invalid -> assertThat(invalid.issues()).containsExactly(new Issue("name", "must not be null")));
        Map<String, @Nullable Object> nulled = new HashMap<>();
        nulled.put("name", null);
        assertThatThrownBy(() -> reader.update(tools, nulled))
                .isInstanceOfSatisfying(
                        InvalidFields.class,
                        invalid -> assertThat(invalid.issues())
                                .containsExactly(new Issue("name", "expected string, received null")));
    }

    @Test
    @Tag("COL12")
    @DisplayName("[COL12] a field that the client may not write now is ignored, whatever was sent")
    void notNow() throws InvalidFields {
        Map<String, @Nullable Object> sent = new HashMap<>(Map.of("owner", "ann", "number", 7L, "pin", "1234"));
        sent.put("state", null);
        sent.put("openings", "a thousand");

        assertThat(reader.insert(lockers, sent)
                        .inserted(new EntityId("i"), "", Instant.EPOCH)
                        .row()
                        .json())
                .isEqualTo("{\"id\":\"i\",\"owner\":\"ann\",\"number\":7,\"state\":\"free\",\"openings\":0}");

        sent.putAll(Map.of("number", "seven", "state", "taken"));
        assertThat(reader.update(lockers, sent).keySet())
                .extracting(FieldModel::name)
                .containsExactlyInAnyOrder("owner", "state", "pin");
    }

    @Test
    @Tag("COL12")
    @DisplayName("[COL12] a refusal names only fields that the client may write now")
    void namesOnlyTheClients() {
        assertThatThrownBy(() -> reader.insert(lockers, Map.of("state", "?", "pin", "x")))
                .isInstanceOfSatisfying(
                        InvalidFields.class,
                        invalid -> assertThat(invalid.issues())
                                .extracting(Issue::path)
                                .containsExactly("number", "pin"));
        assertThatThrownBy(() -> reader.update(lockers, Map.of("number", -1L, "state", "?")))
                .isInstanceOfSatisfying(
                        InvalidFields.class,
                        invalid -> assertThat(invalid.issues())
                                .extracting(Issue::path)
                                .containsExactly("state"));
    }

    @Test
    @Tag("ENT21")
    @Tag("APP11")
    @DisplayName("[ENT21][APP11] a part of an object that is set in an entity leaves the other members")
    void partsOfObjects() throws InvalidFields {
        CollectionModel shipments = TestDatabase.collectionsOf(Shipment.class)
                .find("workshop", new CollectionName("shipments"))
                .orElseThrow();
        Object entity = shipments.newEntity();

        for (Map<String, Object> part : List.<Map<String, Object>>of(
                Map.of("street", "Main"), Map.of("city", "Kiel"), Map.of("place", Map.of("latitude", 54L)))) {
            reader.update(shipments, Map.of("address", part))
                    .forEach((field, value) -> field.set(entity, value, (type, id) -> id));
        }

        assertThat(RowImage.of(shipments, entity)
                        .inserted(new EntityId("i"), "", Instant.EPOCH)
                        .row()
                        .json())
                .contains("{\"street\":\"Main\",\"city\":\"Kiel\",\"place\":{\"latitude\":54.0,\"longitude\":null}}");
    }
}
