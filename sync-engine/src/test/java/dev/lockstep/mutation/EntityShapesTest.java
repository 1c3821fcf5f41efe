package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Row;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.catalog.StoredTables;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.shape.AccessShapes;
import dev.lockstep.sample.shape.CollectionShapes;
import dev.lockstep.sample.shape.EmbeddedShapes;
import dev.lockstep.sample.shape.IdShapes;
import dev.lockstep.sample.shape.InheritanceShapes;
import dev.lockstep.sample.shape.InverseShapes;
import dev.lockstep.sample.shape.KeyShapes;
import dev.lockstep.sample.shape.RelationShapes;
import dev.lockstep.sample.shape.Shape;
import dev.lockstep.sample.shape.Shape.Step;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every mapping: what is answered, told, logged and listed is the stored row. */
@OnEveryDatabase
class EntityShapesTest {
    private static final String ROOM = "p1";
    private static final MutationFixture IN_ROOM = MutationFixture.in(ROOM);

    private final TestDatabase database;
    private @Nullable Shape shape;

    EntityShapesTest(TestDatabase database) {
        this.database = database.emptied();
    }

    static Stream<Shape> shapes() {
        return Stream.of(
                        IdShapes.all(),
                        KeyShapes.all(),
                        RelationShapes.all(),
                        InverseShapes.all(),
                        AccessShapes.all(),
                        EmbeddedShapes.all(),
                        InheritanceShapes.all(),
                        CollectionShapes.all())
                .flatMap(some -> some);
    }

    private EngineFixture engine(Shape of) {
        if (shape == null) {
            shape = of;
            of.after().forEach(database::execute);
            of.before().forEach(database::execute);
        }
        Class<?>[] entities = of.entities().toArray(Class<?>[]::new);
        TestDatabase unit = database.with(entities);
        CollectionRegistry collections = TestDatabase.collectionsOf(entities);
        unit.transactions().run(scope -> {
            new StoredTables(collections).read(scope.connection());
            return collections;
        });
        return new EngineFixture(unit, collections);
    }

    @AfterEach
    void drop() {
        if (shape != null) {
            shape.after().forEach(database::execute);
        }
    }

    private static Row row(MutationResult answer) {
        return Results.applied(answer).rows().getFirst().orElseThrow();
    }

    private static String chosen(Shape shape) {
        return Optional.ofNullable(shape.chosenId()).orElse("sent-and-ignored");
    }

    private void assertIs(EngineFixture engine, Shape of, Row answered, Step step) {
        assertThat(answered.json()).contains(step.expected()).contains("\"id\":\"" + answered.id() + "\"");
        step.hidden().forEach(name -> assertThat(answered.json()).doesNotContain("\"" + name + "\":"));
        assertThat(engine.json(of.collection(), ROOM)).containsExactly(answered.json());
        assertThat(engine.replayed(of.collection(), ROOM))
                .containsOnlyKeys(answered.id().value())
                .containsValue(answered.json());
        step.stored()
                .forEach((expression, text) ->
                        assertThat(select(of, expression)).as(expression).containsExactly(text));
    }

    private List<String> select(Shape of, String expression) {
        return database.transactions().run(scope -> {
            List<String> values = new ArrayList<>();
            try (Statement statement = scope.connection().createStatement();
                    ResultSet rows = statement.executeQuery("select " + expression + " from " + of.table())) {
                while (rows.next()) {
                    values.add(String.valueOf(rows.getString(1)));
                }
            }
            return values;
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    @Tag("ENT1")
    @Tag("ENT6")
    @Tag("ENT22")
    @Tag("ENT23")
    @DisplayName(
            "[ENT1][ENT6][ENT22][ENT23] insert, updates and delete: answer, log and list show the stored row, also after a restart")
    void lifecycle(Shape of) {
        EngineFixture engine = engine(of);
        Row row = row(engine.alone(
                IN_ROOM.inserts(of.collection(), chosen(of), of.inserted().sent())));
        assertIs(engine, of, row, of.inserted());
        for (Step step : of.steps()) {
            String id = row.id().value();
            row = row(engine.alone(IN_ROOM.updates(of.collection(), id, step.sent())));
            assertThat(row.id()).hasToString(id);
            assertIs(engine, of, row, step);
        }
        EngineFixture restarted = engine(of);
        assertThat(restarted.json(of.collection(), ROOM)).containsExactly(row.json());
        assertThat(Results.row(restarted.alone(
                        IN_ROOM.deletes(of.collection(), row.id().value()))))
                .isPresent();
        assertThat(restarted.json(of.collection(), ROOM)).isEmpty();
        assertThat(restarted.replayed(of.collection(), ROOM)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    @Tag("ENT1")
    @DisplayName("[ENT1] a bulk and a batch: every row has an id of its own, and the log shows what is stored")
    void bulk(Shape of) {
        EngineFixture engine = engine(of);
        Change insertion = MutationFixture.insertion(
                of.collection(), of.chosenId(), of.inserted().sent());
        Mutation bulk = of.chosenId() == null ? IN_ROOM.bulk(insertion, insertion, insertion) : IN_ROOM.bulk(insertion);
        List<MutationResult> answers = new ArrayList<>(engine.together(bulk));
        if (of.chosenId() == null) {
            answers.addAll(engine.together(IN_ROOM.bulk(insertion), IN_ROOM.bulk(insertion)));
        }
        List<String> answered = answers.stream()
                .flatMap(answer -> Results.applied(answer).rows().stream())
                .map(row -> row.orElseThrow().json())
                .toList();
        assertThat(answered).doesNotHaveDuplicates();
        assertThat(engine.json(of.collection(), ROOM)).containsExactlyInAnyOrderElementsOf(answered);
        assertThat(engine.replayed(of.collection(), ROOM).values()).containsExactlyInAnyOrderElementsOf(answered);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    @Tag("ENT2")
    @DisplayName("[ENT2] a repeated insert is answered with the first id")
    void repeated(Shape of) {
        EngineFixture engine = engine(of);
        Mutation insert = IN_ROOM.identified("m1")
                .inserts(of.collection(), of.chosenId(), of.inserted().sent());
        MutationResult first = engine.alone(insert);

        assertThat(engine.alone(insert)).isEqualTo(Results.again(first));
        assertThat(engine.json(of.collection(), ROOM)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    @Tag("ENT2")
    @DisplayName("[ENT2] a text that is no row's id, in any form, finds no row")
    void unknown(Shape of) {
        EngineFixture engine = engine(of);
        Row row = row(engine.alone(
                IN_ROOM.inserts(of.collection(), of.chosenId(), of.inserted().sent())));
        CollectionModel model =
                TestDatabase.collectionsOf(
                                Objects.requireNonNull(shape).entities().toArray(Class<?>[]::new))
                        .all()
                        .stream()
                        .filter(each -> each.name().value().equals(of.collection()))
                        .findFirst()
                        .orElseThrow();
        assertThat(model.idValue(row.id())).isPresent();
        for (String other : List.of("0" + row.id(), " " + row.id(), "nobody", "1e3", "99999999999999999999")) {
            assertThat(Results.row(engine.alone(IN_ROOM.deletes(of.collection(), other))))
                    .as(other)
                    .isEmpty();
            assertThat(new EntityId(other)).isNotEqualTo(row.id());
        }
        assertThat(engine.json(of.collection(), ROOM)).hasSize(1);
    }
}
