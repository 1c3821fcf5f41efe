package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutations that are valid as a whole, with changes in any order. */
@OnEveryDatabase
class AnyOrderTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final TestDatabase database;
    private final EngineFixture engine;

    AnyOrderTest(TestDatabase database) {
        this.database = database;
        engine = new EngineFixture(database.emptied());
    }

    @AfterEach
    void restoreSchema() {
        database.execute("alter table workshop_slots alter column after_id drop not null");
        database.execute("alter table workshop_slots alter column name drop not null");
        database.execute("alter table workshop_slots drop constraint if exists slots_few");
        database.execute("alter table workshop_steps drop constraint if exists step_slot");
    }

    private void applied(Change... changes) {
        assertThat(engine.alone(IN_ROOM.bulk(changes))).matches(Results::isApplied);
    }

    /** Rows a, b, c and so on at the positions 1, 2, 3. */
    private void slots(int count) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(slot(name(i), i + 1, Map.of("name", "n" + i)));
        }
        applied(changes.toArray(Change[]::new));
    }

    private static String name(int index) {
        return "s" + (100 + index);
    }

    private static Change slot(String id, int pos, Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("pos", pos);
        return insertion("slots", id, fields);
    }

    private static Change moves(int index, int pos) {
        return updating("slots", name(index), Map.of("pos", pos));
    }

    /** Positions and ids, as stored. */
    private List<String> order() {
        return engine.stored("slots", "pos || id");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW6")
    @DisplayName("[MUT16][CW6] a new row may come after rows of its collection that refer to it")
    void childFirst() {
        applied(
                slot("t4", 4, Map.of("after", "t3")),
                slot("t2", 2, Map.of("after", "t1")),
                slot("t1", 1, Map.of()),
                slot("t3", 3, Map.of("after", "t2")));

        assertThat(engine.stored("slots", "after_id")).containsExactlyInAnyOrder("null", "t1", "t2", "t3");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW6")
    @DisplayName("[MUT16][CW6] new rows may refer to each other in a circle, where a reference may be null")
    void circleOfNewRows() {
        applied(
                slot("t1", 1, Map.of("after", "t3")),
                slot("t2", 2, Map.of("after", "t1")),
                slot("t3", 3, Map.of("after", "t2")),
                slot("t4", 4, Map.of("after", "t4")));

        assertThat(engine.stored("slots", "after_id")).containsExactlyInAnyOrder("t3", "t1", "t2", "t4");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW6")
    @DisplayName(
            "[MUT16][CW6] a new row may come after a stored row that will refer to it, and after one that is deleted")
    void mixedReferences() {
        applied(slot("t1", 1, Map.of()), slot("t2", 2, Map.of("after", "t1")));
        applied(updating("slots", "t2", Map.of("after", "t3")), slot("t3", 3, Map.of()), deletion("slots", "t1"));

        assertThat(order()).containsExactly("2t2", "3t3");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW7")
    @DisplayName("[MUT16][CW7] rows swap a unique value")
    void swap() {
        slots(2);
        applied(moves(0, 2), moves(1, 1));

        assertThat(order()).containsExactly("1s101", "2s100");
        assertThat(engine.replayed("slots", "p1").get("s100")).contains("\"pos\":2");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW7")
    @DisplayName("[MUT16][CW7] rows pass on a unique value in a chain, whichever comes first")
    void chain() {
        slots(3);
        applied(moves(0, 2), moves(1, 3), moves(2, 4));
        applied(moves(2, 3), moves(1, 2), moves(0, 1));

        assertThat(order()).containsExactly("1s100", "2s101", "3s102");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW7")
    @DisplayName("[MUT16][CW7] three rows pass on a unique value in a circle, and two values at once, nullable or not")
    void circles() {
        slots(5);
        applied(
                updating("slots", name(0), Map.of("pos", 2, "name", "n1")),
                updating("slots", name(1), Map.of("pos", 3, "name", "n0")),
                moves(2, 1),
                moves(3, 5),
                moves(4, 4));
        assertThat(order()).containsExactly("1s102", "2s100", "3s101", "4s104", "5s103");

        database.execute("alter table workshop_slots alter column name set not null");
        applied(updating("slots", name(0), Map.of("name", "n0")), updating("slots", name(1), Map.of("name", "n1")));
        assertThat(engine.stored("slots", "name || id")).contains("n0s100", "n1s101");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW7")
    @DisplayName("[MUT16][CW7] rows swap values where a check constraint leaves few others")
    void checked() {
        slots(3);
        database.execute("alter table workshop_slots add constraint slots_few check (pos between 1 and 4)");
        applied(moves(0, 2), moves(1, 1));
        applied(moves(2, 4), moves(1, 3));

        assertThat(order()).containsExactly("2s100", "3s101", "4s102");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW7")
    @DisplayName("[MUT16][CW7] 200 rows move by one position, in either direction")
    void longChain() {
        slots(200);
        List<Change> up = new ArrayList<>();
        List<Change> down = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            up.add(moves(i, i + 2));
            down.addFirst(moves(i, i + 1));
        }
        applied(up.toArray(Change[]::new));
        applied(down.toArray(Change[]::new));

        assertThat(order()).contains("1s100", "200s299");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW7")
    @DisplayName("[MUT16][CW7] insert, update and delete of one mutation pass on a unique value")
    void mixed() {
        slots(3);
        applied(slot("new", 3, Map.of("name", "n0")), moves(2, 2), moves(1, 1), deletion("slots", name(0)));

        assertThat(order()).containsExactly("1s101", "2s102", "3new");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW7")
    @DisplayName("[MUT16][CW7] rows that others refer to swap unique values")
    void referred() {
        database.execute(
                "alter table workshop_steps add constraint step_slot foreign key (text) references workshop_slots (name)");
        slots(2);
        applied(insertion("steps", "x", Map.of("text", "n0")));
        applied(moves(0, 2), moves(1, 1));

        assertThat(order()).containsExactly("1s101", "2s100");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW7")
    @DisplayName("[MUT16][CW7] a mutation that is invalid as a whole is refused, and nothing of it is written")
    void invalid() {
        slots(3);
        Mutation taken = IN_ROOM.bulk(moves(0, 2), moves(1, 3));

        assertThat(Results.code(engine.alone(taken))).isEqualTo(ErrorCode.IN_USE);
        assertThat(order()).containsExactly("1s100", "2s101", "3s102");
    }

    @Test
    @Tag("MUT16")
    @Tag("CW7")
    @DisplayName("[MUT16][CW7] other mutations of the batch are not affected")
    void inGroup() {
        slots(2);
        assertThat(engine.together(
                        IN_ROOM.insertsTask("a", "t"),
                        IN_ROOM.bulk(moves(0, 2), moves(1, 1)),
                        IN_ROOM.insertsTask("b", "t")))
                .allMatch(Results::isApplied);
    }
}
