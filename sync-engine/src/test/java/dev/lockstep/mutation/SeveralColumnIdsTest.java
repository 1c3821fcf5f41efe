package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.InvalidFields;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.catalog.ExistingRows;
import dev.lockstep.collection.catalog.MappingCheck;
import dev.lockstep.collection.filter.FilterReader;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.ListPosition;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.collection.row.ListSort;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.shape.KeyShapes;
import dev.lockstep.sample.shape.RelationShapes;
import dev.lockstep.sample.shape.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows whose ids have several columns. */
@OnEveryDatabase
class SeveralColumnIdsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final List<Shape> SHAPES =
            List.of(RelationShapes.players(), KeyShapes.lines(), KeyShapes.bookings(), KeyShapes.seats());
    private static final Class<?>[] ENTITIES = {
        KeyShapes.Line.class,
        KeyShapes.Booking.class,
        KeyShapes.Seat.class,
        RelationShapes.Team.class,
        RelationShapes.Player.class,
        RelationShapes.Label.class
    };

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(ENTITIES);
    private final EngineFixture engine;

    SeveralColumnIdsTest(TestDatabase database) {
        this.database = database.emptied().with(ENTITIES);
        engine = new EngineFixture(this.database, collections);
    }

    @BeforeEach
    void make() {
        drop();
        SHAPES.forEach(shape -> shape.before().forEach(database::execute));
    }

    @AfterEach
    void drop() {
        SHAPES.reversed().forEach(shape -> shape.after().forEach(database::execute));
    }

    private static Map<String, @Nullable Object> line(String invoice, long number) {
        return Map.of("invoice", invoice, "number", number);
    }

    private static Change inserting(String invoice, long number, String place) {
        return insertion("lines", null, Map.of("invoice", invoice, "number", number, "place", place));
    }

    private static Issue issue(MutationResult answer) {
        assertThat(Results.code(answer)).isEqualTo(ErrorCode.INVALID);
        return Results.refused(answer).refusal().issues().getFirst();
    }

    private static List<String> ids(List<Row> rows) {
        return rows.stream().map(row -> row.id().value()).toList();
    }

    private CollectionModel lines() {
        return collections.find("workshop", new CollectionName("lines")).orElseThrow();
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] the parts form the id, the id gives the parts, and both may be named")
    void twoForms() {
        MutationResult byParts = engine.alone(IN_ROOM.inserts("lines", null, line("A 1", 1)));
        MutationResult byId = engine.alone(IN_ROOM.inserts("lines", "A!201~2", Map.of("title", "t")));
        MutationResult byBoth = engine.alone(IN_ROOM.inserts("lines", "A!201~3", line("A 1", 3)));

        assertThat(List.of(byParts, byId, byBoth)).allMatch(Results::isApplied);
        assertThat(ids(engine.list("lines", "p1"))).containsExactlyInAnyOrder("A!201~1", "A!201~2", "A!201~3");
        assertThat(engine.json("lines", "p1")).allMatch(row -> row.contains("\"invoice\":\"A 1\",\"number\":"));
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] parts that differ from the id, missing parts and ids of another form are refused")
    void contradictions() {
        assertThat(issue(engine.alone(IN_ROOM.inserts("lines", "A~1", line("A", 2)))))
                .isEqualTo(new Issue(
                        "id", "is not the id that the fields [invoice, number] form: name one of both, or the same"));
        assertThat(issue(engine.alone(IN_ROOM.inserts("lines", null, Map.of("invoice", "A")))))
                .isEqualTo(
                        new Issue("number", "expected integer, received nothing: name all parts of the id, or the id"));
        for (String other :
                List.of("A", "A~1~2", "A~01", "A~+1", "A~40000", "A.~1", "A!2f~1", "A!2~1", "A!FF~1", "~1")) {
            assertThat(issue(engine.alone(IN_ROOM.inserts("lines", other, Map.of()))))
                    .as(other)
                    .isEqualTo(new Issue("id", "expected id of the form invoice~number"));
        }
        assertThat(issue(engine.alone(IN_ROOM.inserts("lines", null, line("A".repeat(21), 1))))
                        .path())
                .isEqualTo("invoice");
        assertThat(engine.json("lines", "p1")).isEmpty();
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] an update that names another part is refused, one that names the same is not")
    void fixedParts() {
        engine.alone(IN_ROOM.inserts("lines", null, line("A", 1)));
        Issue changed = new Issue("number", "is part of the id, which cannot change");

        assertThat(issue(engine.alone(IN_ROOM.updates("lines", "A~1", line("A", 2)))))
                .isEqualTo(changed);
        assertThat(Results.refused(engine.alone(IN_ROOM.bulk(updating("lines", "A~1", line("A", 2)))))
                        .refusal()
                        .issues())
                .containsExactly(new Issue("0.number", changed.message()));
        assertThat(engine.alone(IN_ROOM.updates("lines", "A~1", line("A", 1)))).matches(Results::isApplied);
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] texts with any characters are parts, and no two rows have the same id")
    void anyCharacters() {
        List<String> texts =
                List.of("", "~", "!", ".", "..", "/", "%", "a b", "é", "鷗", "\uD83D\uDE00", "A~1", "a", "A", "-", "_");
        for (String text : texts) {
            assertThat(engine.alone(IN_ROOM.inserts("lines", null, line(text, 1))))
                    .as(text)
                    .matches(Results::isApplied);
        }
        List<Row> rows = engine.list("lines", "p1");
        assertThat(ids(rows))
                .hasSize(texts.size())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Za-z0-9_!~-]+"))
                .contains("!7E~1", "!21~1", "!~1", "a!20b~1", "!C3!A9~1", "!F0!9F!98!80~1");
        for (Row row : rows) {
            assertThat(Results.row(
                            engine.alone(IN_ROOM.updates("lines", row.id().value(), Map.of("title", "found")))))
                    .as(row.id().value())
                    .isPresent();
        }
        assertThat(engine.json("lines", "p1")).allMatch(row -> row.contains("\"title\":\"found\""));
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] an id is in use once, also by a deleted row and within a bulk")
    void once() {
        assertThat(engine.alone(IN_ROOM.bulk(inserting("A", 1, "x"), inserting("A", 2, "y"))))
                .matches(Results::isApplied);
        assertThat(Results.code(engine.alone(IN_ROOM.inserts("lines", null, line("A", 1)))))
                .isEqualTo(ErrorCode.IN_USE);
        assertThat(Results.code(engine.alone(IN_ROOM.bulk(inserting("B", 1, "v"), inserting("B", 1, "w")))))
                .isEqualTo(ErrorCode.IN_USE);
        assertThat(Results.row(engine.alone(IN_ROOM.deletes("lines", "A~1")))).isPresent();
        assertThat(Results.code(engine.alone(IN_ROOM.inserts("lines", "A~1", Map.of()))))
                .isEqualTo(ErrorCode.IN_USE);
        assertThat(ids(engine.list("lines", "p1"))).containsExactly("A~2");
        assertThat(engine.replayed("lines", "p1")).containsOnlyKeys("A~2");
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] rows exchange unique values in one bulk")
    void exchanged() {
        engine.alone(IN_ROOM.bulk(inserting("A", 1, "x"), inserting("A", 2, "y")));
        assertThat(engine.alone(IN_ROOM.bulk(
                        updating("lines", "A~1", Map.of("place", "y")),
                        updating("lines", "A~2", Map.of("place", "x")))))
                .matches(Results::isApplied);
        assertThat(engine.json("lines", "p1"))
                .allMatch(row -> row.contains(row.contains("\"id\":\"A~1\"") ? "\"place\":\"y\"" : "\"place\":\"x\""));
        assertThat(Results.code(engine.alone(IN_ROOM.updates("lines", "A~1", Map.of("place", "x")))))
                .isEqualTo(ErrorCode.IN_USE);
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] pages of lists, in every order and with a filter, have each row once")
    void pages() throws InvalidFields {
        engine.alone(IN_ROOM.bulk(IntStream.range(0, 30)
                .mapToObj(i -> inserting("I" + i % 3, i / 3, "p" + i))
                .toArray(Change[]::new)));
        CollectionModel model = lines();
        ListSort up = new ListSort(model.named("number").orElseThrow(), false);
        ListSort down = new ListSort(model.named("number").orElseThrow(), true);
        for (Optional<ListSort> sort : List.of(Optional.<ListSort>empty(), Optional.of(up), Optional.of(down))) {
            List<String> all = paged(
                    model,
                    new ListQuery(
                            Optional.empty(), FilterReader.read(model, Map.of(), "filter"), sort, Optional.empty(), 4));
            assertThat(all).hasSize(30).doesNotHaveDuplicates();
        }
        assertThat(paged(
                        model,
                        new ListQuery(
                                Optional.empty(),
                                FilterReader.read(model, Map.of("invoice", "I1"), "filter"),
                                Optional.of(down),
                                Optional.empty(),
                                4)))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "I1~" + (9 - i)).toList());
    }

    private List<String> paged(CollectionModel model, ListQuery first) {
        List<String> ids = new ArrayList<>();
        ListQuery wanted = first;
        while (true) {
            ListQuery page = wanted;
            List<RowImage> rows = database.transactions().run(scope -> {
                try (var found = new RowRepository(scope.entities()).stream(model, "p1", page)) {
                    return found.toList();
                }
            });
            rows.stream().limit(4).forEach(row -> ids.add(row.id().value()));
            if (rows.size() <= 4) {
                return ids;
            }
            String position = ListPosition.of(rows.get(3), first).text(model, first.sort());
            wanted = first.after(ListPosition.read(model, first.sort(), position));
        }
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] a relation and the room in an id: the row is checked, and deleted with its parent")
    void relationsAndRooms() {
        assertThat(engine.alone(IN_ROOM.inserts("bookings", null, Map.of("team", RelationShapes.TEAM))))
                .matches(Results::isApplied);
        assertThat(ids(engine.list("bookings", "p1"))).containsExactly("7~p1");
        assertThat(issue(engine.alone(IN_ROOM.inserts("bookings", null, Map.of("team", RelationShapes.FOREIGN_TEAM)))))
                .isEqualTo(new Issue("team", "names no row of 'teams' that can be referred to here"));
        assertThat(issue(engine.alone(IN_ROOM.inserts("bookings", "7~p2", Map.of())))
                        .path())
                .isEqualTo("id");
        assertThat(Results.row(engine.alone(MutationFixture.in("p2").deletes("bookings", "7~p1"))))
                .isEmpty();

        assertThat(engine.alone(IN_ROOM.deletes("teams", RelationShapes.TEAM))).matches(Results::isApplied);
        assertThat(engine.json("bookings", "p1")).isEmpty();
        assertThat(engine.replayed("bookings", "p1")).isEmpty();
    }

    @Test
    @Tag("ENT8")
    @DisplayName("[ENT8] existing rows are taken over under their ids")
    void existing() {
        database.execute("insert into shape_lines (invoice, line_number, version, room) values ('A 1', 3, 0, 'p1')");
        new MappingCheck(collections, database.transactions()).check();
        boolean taken = database.transactions().run(scope -> new ExistingRows(scope, lines()).takeOver(Instant.EPOCH));
        assertThat(taken).isTrue();
        assertThat(ids(engine.list("lines", "p1"))).containsExactly("A!201~3");
        assertThat(Results.row(engine.alone(IN_ROOM.updates("lines", "A!201~3", Map.of("title", "t")))))
                .isPresent();
    }
}
