package dev.lockstep.mutation.batch;

import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.Results.code;
import static dev.lockstep.mutation.Results.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values that only the database refuses. */
@OnEveryDatabase
class DatabaseRefusalsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final EngineFixture engine;

    DatabaseRefusalsTest(TestDatabase database) {
        engine = new EngineFixture(database.emptied());
    }

    private void assertRefusesOnly(Mutation culprit, ErrorCode code, String value) {
        List<Mutation> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batch.add(IN_ROOM.insertsTask("t" + i, "innocent"));
        }
        batch.add(13, culprit);
        List<MutationResult> answers = engine.together(batch);

        assertThat(code(answers.get(13))).isEqualTo(code);
        assertThat(refused(answers.get(13)).refusal().message().toLowerCase(Locale.ROOT))
                .doesNotContain("workshop", "insert", "constraint", "sql", value);
        assertThat(answers).filteredOn(Results::isApplied).hasSize(20);
        assertThat(engine.list("tasks", "p1")).hasSize(20);
        assertThat(engine.commits()).hasSize(20);
        assertThat(engine.commits().getLast().last().value()).isEqualTo(20);
    }

    @Test
    @Tag("MUT6")
    @DisplayName("[MUT6] a unique value in use")
    void notUnique() {
        engine.alone(IN_ROOM.insertsTool("saw", "secret-1"));
        List<MutationResult> answers = engine.together(
                IN_ROOM.insertsTask("a", "innocent"),
                IN_ROOM.insertsTool("axe", "secret-1"),
                IN_ROOM.insertsTask("b", "innocent"));

        assertThat(answers).extracting(Results::isApplied).containsExactly(true, false, true);
        assertThat(code(answers.get(1))).isEqualTo(ErrorCode.IN_USE);
        assertThat(refused(answers.get(1)).refusal().message()).doesNotContain("secret", "workshop");
        assertThat(engine.commits()).hasSize(3);
        assertThat(engine.list("tools", "p1")).hasSize(1);
    }

    @Test
    @Tag("MUT6")
    @DisplayName("[MUT6] a reference to a missing row")
    void dangling() {
        assertRefusesOnly(
                IN_ROOM.bulk(insertion("steps", "s", Map.of("text", "t", "tool", "ghost"))),
                ErrorCode.INVALID,
                "ghost");
    }

    @Test
    @Tag("MUT6")
    @DisplayName("[MUT6] a text longer than its column")
    void tooLong() {
        assertRefusesOnly(
                IN_ROOM.bulk(insertion("steps", "s", Map.of("text", "x".repeat(21)))), ErrorCode.INVALID, "xxx");
    }

    @Test
    @Tag("MUT6")
    @DisplayName("[MUT6] a number that its column cannot hold")
    void tooLarge() {
        assertRefusesOnly(
                IN_ROOM.bulk(insertion("tools", null, Map.of("name", "anvil", "weight", 12_345_678_901L))),
                ErrorCode.INVALID,
                "12345678901");
    }

    @Test
    @Tag("MUT6")
    @DisplayName("[MUT6] several invalid mutations of one batch are refused, each by itself")
    void several() {
        List<Mutation> batch = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            batch.add(i % 7 == 3 ? IN_ROOM.insertsTool("saw", "same") : IN_ROOM.insertsTask("t" + i, "innocent"));
        }
        List<MutationResult> answers = engine.together(batch);

        assertThat(answers).filteredOn(Results::isApplied).hasSize(30 - 3);
        assertThat(engine.list("tools", "p1")).hasSize(1);
    }
}
