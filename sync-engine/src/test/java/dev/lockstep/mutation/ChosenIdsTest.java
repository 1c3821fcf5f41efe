package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.ServerFields;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.shape.IdShapes;
import dev.lockstep.sample.shape.Shape;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows whose ids are numbers or UUIDs that clients choose. */
@OnEveryDatabase
class ChosenIdsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final Class<?>[] ENTITIES = {IdShapes.ByClientNumber.class, IdShapes.ByClientUuid.class};
    private static final List<Shape> SHAPES = IdShapes.all()
            .filter(shape -> List.of(ENTITIES).containsAll(shape.entities()))
            .toList();
    private static final String UUID = "0192f1c0-7d1e-7b1a-9c3e-2f6a5d4b3c21";

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collectionsOf(ENTITIES);
    private final EngineFixture engine;

    ChosenIdsTest(TestDatabase database) {
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

    private CollectionModel model(String collection) {
        return collections.find("workshop", new CollectionName(collection)).orElseThrow();
    }

    @Test
    @Tag("ENT2")
    @DisplayName("[ENT2] a number that the client does not send is missed by the name of the field")
    void withoutNumber() {
        MutationResult answer = engine.alone(IN_ROOM.inserts("chosen_long", null, Map.of("title", "a")));

        assertThat(Results.code(answer)).isEqualTo(ErrorCode.INVALID);
        assertThat(Results.refused(answer).refusal().issues())
                .containsExactly(
                        new Issue("id", "expected integer as a text, because clients choose the ids of 'chosen_long'"));
        assertThat(engine.list("chosen_long", "p1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {UUID, "1.0", "01", "+1", "-0", " 1", "9223372036854775808", "x"})
    @Tag("ENT2")
    @DisplayName("[ENT2] a text that is no number in its shortest form is refused by the name of the field")
    void noNumber(String id) {
        MutationResult answer = engine.alone(IN_ROOM.inserts("chosen_long", id, Map.of("title", "a")));

        assertThat(Results.code(answer)).isEqualTo(ErrorCode.INVALID);
        assertThat(Results.refused(answer).refusal().issues())
                .extracting(Issue::path)
                .containsExactly("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-9223372036854775808", "9223372036854775807"})
    @Tag("ENT2")
    @DisplayName("[ENT2] each number of the type is an id")
    void numbers(String id) {
        assertThat(Results.row(engine.alone(IN_ROOM.inserts("chosen_long", id, Map.of("title", "a")))))
                .hasValueSatisfying(row -> assertThat(row).contains("\"id\":\"" + id + "\""));
    }

    @Test
    @Tag("ENT2")
    @DisplayName("[ENT2] a UUID that the client does not send is made by the server")
    void withoutUuid() {
        assertThat(Results.row(engine.alone(IN_ROOM.inserts("chosen_uuid", null, Map.of("title", "a")))))
                .isPresent();
    }

    @Test
    @Tag("ENT2")
    @DisplayName("[ENT2] an id that a client has made without knowing the collection counts where it may be a row's")
    void madeByClients() {
        assertThat(model("chosen_long").canHave(new EntityId(UUID))).isFalse();
        assertThat(model("chosen_long").canHave(new EntityId("7"))).isTrue();
        assertThat(model("chosen_uuid").canHave(new EntityId(UUID))).isTrue();
        assertThat(model("chosen_uuid").canHave(new EntityId("7"))).isFalse();
    }

    @Test
    @Tag("ENT2")
    @DisplayName("[ENT2] application code that inserts a row without its number is told so")
    void byApplication() {
        EntityIds ids = new EntityIds(InstantSource.system(), new Random(1));

        assertThatThrownBy(() ->
                        ServerFields.assign(model("chosen_long"), new IdShapes.ByClientNumber(), ids, Instant.EPOCH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a row of 'chosen_long' needs a value in id, because the server cannot make one");
    }
}
