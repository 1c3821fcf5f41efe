package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static dev.lockstep.mutation.Results.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.MutationResult;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Commit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scopes of rows and of frames. */
@OnEveryDatabase
class ScopesTest {
    private static final MutationFixture ANYWHERE = MutationFixture.in("p1");
    private static final MutationFixture IN_A = ANYWHERE.withScope("a");
    private static final MutationFixture IN_B = ANYWHERE.withScope("b");

    private final EngineFixture engine;

    ScopesTest(TestDatabase database) {
        engine = new EngineFixture(database.emptied());
    }

    private List<String> ids(Optional<String> scope) {
        return engine.list("cards", "p1", scope).stream()
                .map(row -> row.id().value())
                .toList();
    }

    private List<String> lastActions() {
        Commit last = engine.commits().getLast();
        return last.actions().stream()
                .map(action -> action.number() + " " + action.entry().kind() + " "
                        + action.entry().entityId() + " in "
                        + action.entry().scope().orElse("none"))
                .toList();
    }

    @Test
    @Tag("COL16")
    @DisplayName("[COL16] a new row gets the scope of its request, in a bulk too, unless it contains its own")
    void filled() {
        engine.alone(IN_A.inserts("cards", "one", Map.of()));
        engine.alone(
                IN_A.bulk(insertion("cards", "two", Map.of()), insertion("cards", "three", Map.of("drawer", "b"))));

        assertThat(ids(Optional.of("a"))).containsExactly("two", "one");
        assertThat(ids(Optional.of("b"))).containsExactly("three");
        assertThat(ids(Optional.of("A"))).isEmpty();
        assertThat(ids(Optional.empty())).hasSize(3);
    }

    @Test
    @Tag("COL16")
    @DisplayName("[COL16] a new row without a required scope is refused by the field's name")
    void missing() {
        assertThat(Results.refused(engine.alone(ANYWHERE.inserts("cards", "one", Map.of())))
                        .refusal()
                        .issues())
                .extracting(issue -> issue.path())
                .containsExactly("drawer");
    }

    @Test
    @Tag("COL16")
    @DisplayName("[COL16] a collection without scopes has one list, whatever scope is requested")
    void without() {
        engine.alone(IN_A.insertsTask("t", "a task"));

        assertThat(engine.list("tasks", "p1", Optional.of("b"))).hasSize(1);
        assertThat(lastActions()).containsExactly("1 INSERT t in a");
    }

    @Test
    @Tag("COL17")
    @Tag("CC4")
    @DisplayName("[COL17][CC4] an update from a list that does not show the row leaves it unchanged, in a bulk too")
    void updateElsewhere() {
        engine.alone(IN_A.inserts("cards", "one", Map.of("title", "t")));
        engine.alone(IN_B.inserts("cards", "two", Map.of("title", "t")));
        int before = engine.commits().size();

        assertThat(row(engine.alone(IN_B.updates("cards", "one", Map.of("title", "lost")))))
                .isEmpty();
        assertThat(row(engine.alone(IN_B.updates("cards", "one", Map.of("drawer", "c")))))
                .isEmpty();
        assertThat(engine.commits()).hasSize(before);
        engine.alone(IN_B.bulk(
                updating("cards", "one", Map.of("title", "lost")),
                updating("cards", "two", Map.of("title", "found")),
                deletion("cards", "one")));

        assertThat(lastActions()).containsExactly("3 UPDATE two in b");
        assertThat(engine.list("cards", "p1", Optional.of("a")).getFirst().json())
                .contains("\"title\":\"t\"", "\"drawer\":\"a\"");
    }

    @Test
    @Tag("COL17")
    @DisplayName("[COL17] an update from the row's own list, or from the list of all rows, is sent to the row's list")
    void stays() {
        engine.alone(IN_A.inserts("cards", "one", Map.of()));
        engine.alone(IN_A.updates("cards", "one", Map.of("title", "found")));
        assertThat(lastActions()).containsExactly("2 UPDATE one in a");
        engine.alone(ANYWHERE.updates("cards", "one", Map.of("title", "again")));
        assertThat(lastActions()).containsExactly("3 UPDATE one in none");
    }

    @Test
    @Tag("COL17")
    @DisplayName("[COL17] a request whose scope is the field itself moves the row into that list")
    void movesIntoItsList() {
        engine.alone(IN_A.inserts("cards", "one", Map.of()));
        engine.alone(IN_B.updates("cards", "one", Map.of("drawer", "b")));

        assertThat(lastActions()).containsExactly("2 DELETE one in a", "3 INSERT one in b");
    }

    @Test
    @Tag("COL17")
    @DisplayName("[COL17] an update of the field itself moves the row: deleted from one list, inserted into the other")
    void moves() {
        engine.alone(IN_A.inserts("cards", "one", Map.of("title", "t")));
        MutationFixture asked = IN_A.identified("move");
        MutationResult answer = engine.alone(asked.updates("cards", "one", Map.of("drawer", "b")));

        assertThat(lastActions()).containsExactly("2 DELETE one in a", "3 INSERT one in b");
        assertThat(ids(Optional.of("a"))).isEmpty();
        assertThat(ids(Optional.of("b"))).containsExactly("one");
        assertThat(row(answer)).hasValueSatisfying(json -> assertThat(json).contains("\"drawer\":\"b\""));
        assertThat(engine.alone(asked.updates("cards", "one", Map.of("drawer", "b"))))
                .isEqualTo(Results.again(answer));
        assertThat(engine.replayed("cards", "p1")).containsOnlyKeys("one");
    }

    @Test
    @Tag("COL17")
    @DisplayName("[COL17] a duplicate of a bulk that moves a row twice and deletes it gets the first answer")
    void movesTwice() {
        engine.alone(IN_A.inserts("cards", "one", Map.of()));
        MutationFixture asked = ANYWHERE.identified("to and fro");
        MutationResult answer = engine.alone(asked.bulk(
                updating("cards", "one", Map.of("drawer", "b")),
                updating("cards", "one", Map.of("drawer", "c")),
                deletion("cards", "one")));

        assertThat(lastActions())
                .containsExactly(
                        "2 DELETE one in a",
                        "3 INSERT one in b",
                        "4 DELETE one in b",
                        "5 INSERT one in c",
                        "6 DELETE one in none");
        assertThat(engine.alone(asked.bulk(
                        updating("cards", "one", Map.of("drawer", "b")),
                        updating("cards", "one", Map.of("drawer", "c")),
                        deletion("cards", "one"))))
                .isEqualTo(Results.again(answer));
    }

    @Test
    @Tag("COL18")
    @DisplayName("[COL18] a delete from a list that does not show the row leaves it unchanged")
    void deleteElsewhere() {
        engine.alone(IN_A.inserts("cards", "one", Map.of()));
        int before = engine.commits().size();

        assertThat(row(engine.alone(IN_B.deletes("cards", "one")))).isEmpty();
        assertThat(engine.commits()).hasSize(before);
        assertThat(row(engine.alone(IN_A.deletes("cards", "one")))).isPresent();
        assertThat(lastActions()).containsExactly("2 DELETE one in a");
    }

    @Test
    @Tag("COL19")
    @DisplayName("[COL19] without a scope, a new row is sent to its own list, any other change to all")
    void unlabelled() {
        engine.alone(ANYWHERE.inserts("cards", "one", Map.of("drawer", "a")));
        assertThat(lastActions()).containsExactly("1 INSERT one in a");
        engine.alone(ANYWHERE.updates("cards", "one", Map.of("title", "t")));
        assertThat(lastActions()).containsExactly("2 UPDATE one in none");
        engine.alone(ANYWHERE.deletes("cards", "one"));
        assertThat(lastActions()).containsExactly("3 DELETE one in none");
    }
}
