package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Refusals of values by the database: field, item and cause. */
@OnEveryDatabase
class RefusedFieldsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1").by("c", "1");

    private final TestDatabase database;
    private int innocents;
    private EngineFixture engine;

    RefusedFieldsTest(TestDatabase database) {
        this.database = database;
    }

    @BeforeEach
    void empty() {
        engine = new EngineFixture(database.emptied());
        made(slot("a", 1, Map.of("name", "SECRET")), slot("b", 2, Map.of("after", "a")));
    }

    private void made(Change... changes) {
        assertThat(engine.alone(MutationFixture.in("p1").bulk(changes))).matches(Results::isApplied);
    }

    private static Change slot(String id, int pos, Map<String, Object> more) {
        Map<String, Object> fields = new HashMap<>(more);
        fields.put("pos", pos);
        return insertion("slots", id, fields);
    }

    /** A refused mutation: its issues, without other rows' values; a duplicate gets the same. */
    private List<String> issues(ErrorCode code, Mutation mutation) {
        List<MutationResult> answers = engine.together(
                MutationFixture.in("p1").insertsTask("t" + ++innocents, "innocent"),
                mutation,
                MutationFixture.in("p1").insertsTask("t" + ++innocents, "innocent"));
        assertThat(answers).extracting(Results::isApplied).containsExactly(true, false, true);
        Refusal refusal = Results.refused(answers.get(1)).refusal();
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).doesNotContain("SECRET", "insert", "workshop_", "SQL", "sql");
        assertThat(Results.refused(engine.alone(mutation)).refusal()).isEqualTo(refusal);
        return refusal.issues().stream()
                .map(issue -> issue.path() + ": " + issue.message())
                .toList();
    }

    private static Change[] bulkWith(Change culprit) {
        Change[] changes = new Change[12];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = i == 7 ? culprit : slot("n" + i, 100 + i, Map.of());
        }
        return changes;
    }

    @Test
    @Tag("MUT21")
    @Tag("CD2")
    @DisplayName("[MUT21][CD2] a unique value in use is reported by its field")
    void taken() {
        assertThat(issues(ErrorCode.IN_USE, IN_ROOM.inserts("slots", "c", Map.of("pos", 2))))
                .containsExactly("pos: is already in use; choose another");
        assertThat(issues(ErrorCode.IN_USE, IN_ROOM.by("c", "2").updates("slots", "b", Map.of("name", "SECRET"))))
                .containsExactly("name: is already in use; choose another");
    }

    @Test
    @Tag("MUT21")
    @Tag("CD2")
    @DisplayName("[MUT21][CD2] the same holds in item 7 of a bulk, and where two items want one value")
    void takenInBulk() {
        assertThat(issues(ErrorCode.IN_USE, IN_ROOM.bulk(bulkWith(slot("x", 1, Map.of())))))
                .containsExactly("7.pos: is already in use; choose another");
        assertThat(issues(ErrorCode.IN_USE, IN_ROOM.by("c", "2").bulk(bulkWith(slot("x", 103, Map.of())))))
                .containsExactly("7.pos: is the same as in item 3; choose another");
    }

    @Test
    @Tag("MUT21")
    @Tag("CD2")
    @DisplayName(
            "[MUT21][CD2] a number that is too large is reported by its field and its digits, in a bulk with its item")
    void number() {
        Map<String, Object> dear = Map.of("price", new BigDecimal("12345678901.00"));
        assertThat(issues(ErrorCode.INVALID, IN_ROOM.bulk(bulkWith(slot("x", 50, dear)))))
                .containsExactly("7.price: is too large: at most 3 digits before the point");
    }

    @Test
    @Tag("MUT21")
    @Tag("CD2")
    @DisplayName("[MUT21][CD2] a text that is too long is reported by its field and the column's length")
    void text() {
        assertThat(issues(ErrorCode.INVALID, IN_ROOM.bulk(bulkWith(slot("x", 50, Map.of("name", "n".repeat(21)))))))
                .containsExactly("7.name: is too long: at most 20 characters");
    }

    @Test
    @Tag("MUT21")
    @Tag("CD2")
    @DisplayName("[MUT21][CD2] a missing value is reported by its field")
    void missing() {
        database.execute("delete from workshop_slots where name is null");
        database.execute("alter table workshop_slots alter column name set not null");
        try {
            assertThat(issues(
                            ErrorCode.INVALID,
                            IN_ROOM.bulk(slot("x", 50, Map.of("name", "n")), slot("y", 51, Map.of()))))
                    .containsExactly("1.name: must have a value");
        } finally {
            database.execute("alter table workshop_slots alter column name drop not null");
        }
    }

    @Test
    @Tag("MUT21")
    @Tag("CD2")
    @DisplayName("[MUT21][CD2] a check constraint is reported by its name, its field and the item")
    void check() {
        assertThat(issues(ErrorCode.INVALID, IN_ROOM.bulk(bulkWith(slot("x", -5, Map.of())))))
                .singleElement()
                .asString()
                .isEqualToIgnoringCase("7.pos: violates the rule 'slots_pos_positive'; change it");
    }

    @Test
    @Tag("MUT21")
    @Tag("CD2")
    @DisplayName("[MUT21][CD2] a reference to a missing row, and a row that others refer to, are reported differently")
    void references() {
        assertThat(issues(ErrorCode.INVALID, IN_ROOM.bulk(bulkWith(slot("x", 50, Map.of("after", "ghost"))))))
                .containsExactly("7.after: refers to a row that does not exist");
        assertThat(issues(ErrorCode.INVALID, IN_ROOM.by("c", "2").deletes("slots", "a")))
                .containsExactly("id: cannot be deleted: other rows still refer to it");
        assertThat(issues(ErrorCode.INVALID, IN_ROOM.by("c", "3").bulk(bulkWith(deletion("slots", "a")))))
                .containsExactly("7.id: cannot be deleted: other rows still refer to it");
        assertThat(issues(
                        ErrorCode.INVALID,
                        IN_ROOM.by("c", "4").bulk(deletion("slots", "a"), updating("slots", "b", Map.of("pos", 5)))))
                .containsExactly("1.after: refers to a row that does not exist");
    }

    @Test
    @Tag("MUT21")
    @Tag("CW9")
    @DisplayName("[MUT21][CW9] a unique value of a deleted row is reported as held by a deleted row")
    void heldByDeleted() {
        database.execute("create unique index cards_title on workshop_cards (drawer, title)");
        try {
            Map<String, Object> card = Map.of("drawer", "d", "title", "SECRET");
            made(insertion("cards", "c1", card));
            made(deletion("cards", "c1"));

            assertThat(issues(ErrorCode.IN_USE, IN_ROOM.bulk(insertion("cards", "c2", card))))
                    .containsExactly(
                            "0.title: is already in use together with 'drawer' by a deleted row; choose another");
        } finally {
            database.execute("drop index cards_title");
        }
    }
}
