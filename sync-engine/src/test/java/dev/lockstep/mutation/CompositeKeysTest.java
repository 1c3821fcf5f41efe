package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static dev.lockstep.mutation.Results.applied;
import static dev.lockstep.mutation.Results.code;
import static dev.lockstep.mutation.Results.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows with ids that are made of their keys. */
@OnEveryDatabase
class CompositeKeysTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    /** As Strata's own client and server make it; contract, section 1.6. */
    private static final String ID = "6ec0488f-0433-5b59-87f5-c77341151bbf";

    private static final Map<String, @Nullable Object> KEY =
            Map.of("taskId", "604caed6-97b7-414d-aedd-288bf398fb61", "labelId", "0b5b0c39-6aed-46d4-9fc5-e85ccf8eed89");

    private final EngineFixture engine;

    CompositeKeysTest(TestDatabase database) {
        engine = new EngineFixture(database.emptied());
    }

    private static String id(MutationResult answer) {
        return applied(answer).rows().getFirst().orElseThrow().id().value();
    }

    @Test
    @Tag("COL20")
    @DisplayName("[COL20] the id is made of the key, whatever id the client sends")
    void computed() {
        MutationResult answer = engine.alone(IN_ROOM.inserts("TaskLabel", "chosen", KEY));

        assertThat(id(answer)).isEqualTo(ID);
        assertThat(engine.stored("TaskLabel", "id")).containsExactly(ID);
        assertThat(engine.commits().getLast().actions().getFirst().entry().entityId())
                .hasToString(ID);
    }

    @Test
    @Tag("COL20")
    @DisplayName("[COL20] a key exists once; after a delete it can be inserted again")
    void once() {
        Map<String, @Nullable Object> red = new HashMap<>(KEY);
        red.put("colour", "red");
        engine.alone(IN_ROOM.inserts("TaskLabel", "a", KEY));

        assertThat(code(engine.alone(IN_ROOM.inserts("TaskLabel", "b", red)))).isEqualTo(ErrorCode.IN_USE);
        assertThat(Results.row(engine.alone(IN_ROOM.deletes("TaskLabel", ID)))).isPresent();
        assertThat(id(engine.alone(IN_ROOM.inserts("TaskLabel", "b", red)))).isEqualTo(ID);
        assertThat(engine.replayed("TaskLabel", "p1")).containsOnlyKeys(ID);
    }

    @Test
    @Tag("COL20")
    @DisplayName("[COL20] the same holds within a batch and a bulk")
    void withinAGroup() {
        assertThat(engine.together(
                        IN_ROOM.inserts("TaskLabel", "a", KEY),
                        IN_ROOM.deletes("TaskLabel", ID),
                        IN_ROOM.inserts("TaskLabel", "b", KEY)))
                .allMatch(Results::isApplied);
        assertThat(code(engine.alone(IN_ROOM.bulk(insertion("TaskLabel", "c", KEY), insertion("TaskLabel", "d", KEY)))))
                .isEqualTo(ErrorCode.IN_USE);
    }

    @Test
    @Tag("COL20")
    @DisplayName("[COL20] a duplicate gets the first answer, whatever id its client sends")
    void repeats() {
        MutationFixture asked = IN_ROOM.identified("m1").comparingIdsOnly();
        MutationResult first = engine.alone(asked.inserts("TaskLabel", "a", KEY));

        assertThat(engine.alone(asked.inserts("TaskLabel", "a", KEY))).isEqualTo(Results.again(first));
    }

    @Test
    @Tag("COL20")
    @DisplayName("[COL20] a key without a text is refused by the names of its fields")
    void incomplete() {
        assertThat(refused(engine.alone(IN_ROOM.inserts("TaskLabel", "a", Map.of("labelId", ""))))
                        .refusal()
                        .issues())
                .containsExactlyInAnyOrder(
                        new Issue("labelId", "must not be empty"), new Issue("taskId", "must not be null"));
        assertThat(code(engine.alone(IN_ROOM.inserts("TaskLabel", "a", Map.of("labelId", 1L, "taskId", "t")))))
                .isEqualTo(ErrorCode.INVALID);
    }

    @Test
    @Tag("COL20")
    @DisplayName("[COL20] clients insert and delete such rows, and update none")
    void unchanged() {
        engine.alone(IN_ROOM.inserts("TaskLabel", "a", KEY));

        assertThat(refused(engine.alone(IN_ROOM.bulk(updating("TaskLabel", ID, Map.of("colour", "red")))))
                        .refusal()
                        .message())
                .isEqualTo("Collection 'TaskLabel' has no update, only read, insert, delete");
    }
}
