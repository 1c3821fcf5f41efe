package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.shape.RelationShapes;
import dev.lockstep.sample.shape.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rows that a relation may name. */
@OnEveryDatabase
class RelationsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final Shape PLAYERS = RelationShapes.players();

    private final TestDatabase database;
    private final EngineFixture engine;

    RelationsTest(TestDatabase database) {
        this.database = database.emptied();
        Class<?>[] entities = PLAYERS.entities().toArray(Class<?>[]::new);
        engine = new EngineFixture(database.with(entities), TestDatabase.collectionsOf(entities));
    }

    @BeforeEach
    void make() {
        drop();
        PLAYERS.before().forEach(database::execute);
    }

    @AfterEach
    void drop() {
        PLAYERS.after().forEach(database::execute);
    }

    private static Map<String, @Nullable Object> player(String name, @Nullable Object value) {
        Map<String, @Nullable Object> fields = new HashMap<>(Map.of("team", RelationShapes.TEAM));
        fields.put(name, value);
        return fields;
    }

    private static void assertNamesNothing(MutationResult answer, String path, String collection) {
        Refusal refusal = Results.refused(answer).refusal();
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal.issues())
                .containsExactly(
                        new Refusal.Issue(path, "names no row of '" + collection + "' that can be referred to here"));
    }

    @Test
    @Tag("ENT4")
    @DisplayName("[ENT4] no row, a deleted row and a row of another room are refused alike, by the name of the field")
    void refused() {
        assertNamesNothing(engine.alone(IN_ROOM.inserts("players", "a", player("team", "99"))), "team", "teams");
        assertNamesNothing(
                engine.alone(IN_ROOM.inserts("players", "a", player("team", RelationShapes.FOREIGN_TEAM))),
                "team",
                "teams");
        assertNamesNothing(
                engine.alone(IN_ROOM.inserts("players", "a", player("labelId", RelationShapes.DELETED_LABEL))),
                "labelId",
                "labels");
        engine.alone(IN_ROOM.inserts("players", "a", player("labelId", RelationShapes.LABEL)));
        assertNamesNothing(
                engine.alone(IN_ROOM.updates("players", "a", Map.of("team", RelationShapes.FOREIGN_TEAM))),
                "team",
                "teams");
        assertNamesNothing(
                engine.alone(IN_ROOM.bulk(
                        MutationFixture.updating("players", "a", Map.of("title", "t")),
                        MutationFixture.updating("players", "a", Map.of("substitute", "nobody")))),
                "1.substitute",
                "players");
        for (String noId : List.of("", "x".repeat(256))) {
            assertNamesNothing(
                    engine.alone(IN_ROOM.updates("players", "a", Map.of("substitute", noId))), "substitute", "players");
        }
        assertThat(engine.json("players", "p1")).hasSize(1).first().asString().doesNotContain("\"title\":\"t\"");
    }

    @Test
    @Tag("ENT4")
    @DisplayName(
            "[ENT4] a value of another form, and null for a required relation, are refused by the name of the field")
    void malformed() {
        assertThat(Results.code(engine.alone(IN_ROOM.inserts("players", "a", player("team", 7L)))))
                .isEqualTo(ErrorCode.INVALID);
        assertThat(Results.code(engine.alone(IN_ROOM.inserts("players", "a", player("team", null)))))
                .isEqualTo(ErrorCode.INVALID);
        assertThat(Results.code(engine.alone(IN_ROOM.inserts("players", "a", player("labelId", "red")))))
                .isEqualTo(ErrorCode.INVALID);
        assertThat(engine.json("players", "p1")).isEmpty();
    }

    @Test
    @Tag("ENT4")
    @DisplayName(
            "[ENT4] a row that the same bulk or batch has inserted before can be named; one that it has deleted cannot")
    void withinABatch() {
        assertThat(engine.alone(IN_ROOM.bulk(
                        MutationFixture.insertion("players", "a", player("title", "a")),
                        MutationFixture.insertion("players", "b", player("substitute", "a")))))
                .matches(Results::isApplied);
        var answers = engine.together(
                IN_ROOM.inserts("players", "c", player("title", "c")),
                IN_ROOM.updates("players", "b", Map.of("substitute", "c")),
                IN_ROOM.updates("players", "b", player("substitute", null)),
                IN_ROOM.deletes("players", "c"),
                IN_ROOM.updates("players", "b", Map.of("substitute", "c")));
        assertThat(answers.subList(0, 4)).allMatch(Results::isApplied);
        assertNamesNothing(answers.getLast(), "substitute", "players");
    }

    @Test
    @Tag("ENT5")
    @DisplayName("[ENT5] the rows that refer to an entity are not sent, and a write of the entity leaves them alone")
    void inverseSide() {
        engine.alone(IN_ROOM.inserts("players", "a", player("title", "a")));
        assertThat(engine.json("teams", "p1"))
                .isNotEmpty()
                .allSatisfy(team -> assertThat(team).doesNotContain("players"));

        assertThat(engine.alone(IN_ROOM.updates(
                        "teams", RelationShapes.TEAM, Map.of("title", "renamed", "players", List.of()))))
                .matches(Results::isApplied);
        assertThat(engine.json("players", "p1")).hasSize(1);
    }

    @Test
    @Tag("ENT4")
    @DisplayName("[ENT4] the parent of a relation takes its children with it where @BelongsTo says so")
    void cascades() {
        engine.alone(IN_ROOM.inserts("players", "a", player("title", "a")));
        engine.alone(IN_ROOM.inserts("players", "b", player("title", "b")));

        assertThat(Results.row(engine.alone(IN_ROOM.deletes("teams", RelationShapes.TEAM))))
                .isPresent();
        assertThat(engine.json("players", "p1")).isEmpty();
        assertThat(engine.replayed("players", "p1")).isEmpty();
        assertThat(engine.json("teams", "p1")).isEmpty();
    }
}
