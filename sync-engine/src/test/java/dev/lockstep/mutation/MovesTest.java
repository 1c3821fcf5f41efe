package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.move;
import static dev.lockstep.mutation.MutationFixture.updating;
import static dev.lockstep.mutation.Results.refused;
import static dev.lockstep.mutation.Results.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.engine.TestEngine;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that move to other rooms, in a database and in memory. */
@OnEveryEngine
class MovesTest {
    private static final MutationFixture P1 = MutationFixture.in("p1");
    private static final MutationFixture P2 = MutationFixture.in("p2");

    private final TestEngine engine;

    MovesTest(Supplier<TestEngine> engine) {
        this.engine = engine.get();
    }

    private List<String> lastActions() {
        return engine.commits().getLast().actions().stream()
                .map(action -> action.seq().value() + " " + action.entry().kind() + " "
                        + action.entry().entityId() + " in "
                        + action.entry().room().name() + " frame "
                        + action.number())
                .toList();
    }

    @Test
    @Tag("COL25")
    @DisplayName("[COL25] a row that moves is deleted in its room and inserted in the other, in one commit")
    void moved() {
        MutationResult inserted = engine.alone(P1.inserts("errands", "a", Map.of("title", "t")));
        MutationResult answer = engine.together(P1.bulk(move("errands", "a", Map.of("title", "u"), "p2")))
                .getFirst();

        assertThat(lastActions()).containsExactly("2 DELETE a in p1 frame 2", "3 INSERT a in p2 frame 1");
        assertThat(row(answer))
                .hasValueSatisfying(json -> assertThat(json).contains("\"project\":\"p2\"", "\"title\":\"u\""));
        assertThat(engine.list("errands", "p1")).isEmpty();
        assertThat(engine.json("errands", "p2")).containsExactly(row(answer).orElseThrow());
        Commit commit = engine.commits().getLast();
        LogEntry gone = commit.actions().getFirst().entry();
        LogEntry come = commit.actions().getLast().entry();
        assertThat(gone.rowBefore()).isEqualTo(row(inserted));
        assertThat(gone.rowAfter()).isEmpty();
        assertThat(come.rowAfter()).isEqualTo(row(answer));
        assertThat(come.stampMicros()).isEqualTo(gone.stampMicros());
        assertThat(engine.replayed("errands", "p1")).isEmpty();
        assertThat(engine.replayed("errands", "p2")).containsOnlyKeys("a");
    }

    @Test
    @Tag("LOG5")
    @DisplayName(
            "[LOG5] a move is stamped later than all earlier changes of either room, and earlier than all later ones")
    void stamped() {
        engine.alone(P1.inserts("errands", "a", Map.of()));
        for (int i = 0; i < 5; i++) {
            engine.alone(P2.inserts("errands", "b" + i, Map.of()));
        }
        engine.alone(P1.moves("errands", "a", "p2"));
        engine.together(P1.inserts("errands", "c", Map.of()), P2.updates("errands", "a", Map.of("title", "t")));

        List<Long> stamps = engine.commits().stream()
                .skip(5)
                .map(commit -> commit.actions().getFirst().entry().stampMicros())
                .toList();
        assertThat(stamps.get(1)).isGreaterThan(stamps.get(0));
        assertThat(stamps.subList(2, 4)).allMatch(stamp -> stamp > stamps.get(1));
    }

    @Test
    @Tag("COL25")
    @DisplayName("[COL25] within a batch, mutations after the move find the row in its new room only")
    void withinAGroup() {
        List<MutationResult> answers = engine.together(
                P1.inserts("errands", "a", Map.of()),
                P2.updates("errands", "a", Map.of("title", "early")),
                P1.moves("errands", "a", "p2"),
                P1.updates("errands", "a", Map.of("title", "late")),
                P2.updates("errands", "a", Map.of("title", "found")),
                P2.moves("errands", "a", "p1"),
                P1.deletes("errands", "a"));

        assertThat(answers)
                .extracting(answer -> row(answer).isPresent())
                .containsExactly(true, false, true, false, true, true, true);
        assertThat(engine.replayed("errands", "p1")).isEmpty();
        assertThat(engine.replayed("errands", "p2")).isEmpty();
        assertThat(engine.stored("errands", "id")).isEmpty();
    }

    @Test
    @Tag("COL25")
    @DisplayName("[COL25] an update that names the row's own room is no move")
    void nowhere() {
        engine.alone(P1.inserts("errands", "a", Map.of()));
        engine.alone(P1.moves("errands", "a", "p1"));
        assertThat(lastActions()).containsExactly("2 UPDATE a in p1 frame 2");

        engine.alone(P1.updates("errands", "a", Map.of("project", "p2")));
        assertThat(lastActions()).containsExactly("3 UPDATE a in p1 frame 3");
        assertThat(engine.list("errands", "p2")).isEmpty();
    }

    @Test
    @Tag("MUT4")
    @DisplayName("[MUT4] moving a missing row changes nothing, and is no error")
    void notThere() {
        engine.alone(P2.inserts("errands", "a", Map.of()));

        assertThat(row(engine.alone(P1.moves("errands", "a", "p3")))).isEmpty();
        assertThat(engine.commits()).hasSize(1);
        assertThat(engine.list("errands", "p2")).hasSize(1);
    }

    @Test
    @Tag("COL25")
    @DisplayName("[COL25] rows of other collections do not move, and no row leaves all rooms")
    void refusals() {
        engine.alone(P1.insertsTask("a", "t"));

        assertThat(refused(engine.alone(P1.moves("tasks", "a", "p2"))).refusal().issues())
                .containsExactly(new Issue("project", "the row cannot be moved"));
        assertThat(refused(engine.alone(P1.moves("clubs", "p1", "p2")))
                        .refusal()
                        .issues())
                .containsExactly(new Issue("id", "the row cannot be moved"));
        assertThat(refused(engine.alone(P1.moves("errands", "a", ""))).refusal().issues())
                .containsExactly(new Issue("project", "must be the name of a room"));
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a duplicate of a bulk that moves one row and deletes another gets the first answer")
    void repeats() {
        engine.together(P1.inserts("errands", "a", Map.of()), P1.inserts("errands", "b", Map.of()));
        MutationFixture asked = P1.identified("m1");
        MutationResult first = engine.alone(asked.bulk(
                updating("errands", "a", Map.of("title", "t")),
                move("errands", "a", Map.of(), "p2"),
                updating("errands", "a", Map.of("title", "too late")),
                deletion("errands", "b")));
        engine.alone(P2.moves("errands", "a", "p3"));

        assertThat(Results.applied(first).rows())
                .extracting(row -> row.map(one -> one.id()))
                .extracting(id -> id.map(EntityId::value).orElse("none"))
                .containsExactly("a", "a", "none", "b");
        assertThat(engine.alone(asked.bulk(
                        updating("errands", "a", Map.of("title", "t")),
                        move("errands", "a", Map.of(), "p2"),
                        updating("errands", "a", Map.of("title", "too late")),
                        deletion("errands", "b"))))
                .isEqualTo(Results.again(first));
    }
}
