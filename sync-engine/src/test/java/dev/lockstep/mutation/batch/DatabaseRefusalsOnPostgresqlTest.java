package dev.lockstep.mutation.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DatabaseRefusalsOnPostgresqlTest {
    private final TestDatabase database = TestDatabase.postgresql().emptied();

    @Test
    @Tag("MUT6")
    @DisplayName(
            "[MUT6] a refusal by an application's trigger is a fault neither of the database nor of other mutations")
    void trigger() {
        database.execute(
                "create function refuse_axes() returns trigger language plpgsql as"
                        + " $$ begin if new.name = 'axe' then raise exception 'no axes here'; end if; return new; end $$",
                "create trigger no_axes before insert on workshop_tools for each row execute function refuse_axes()");
        try {
            EngineFixture engine = new EngineFixture(database);
            MutationFixture asked = MutationFixture.in("p1");
            List<MutationResult> answers = engine.together(
                    asked.insertsTask("a", "innocent"),
                    asked.by("c", "1").insertsTool("axe", "1"),
                    asked.insertsTask("b", "innocent"));

            assertThat(answers).extracting(Results::isApplied).containsExactly(true, false, true);
            assertThat(Results.code(answers.get(1))).isEqualTo(ErrorCode.INVALID);
            assertThat(Results.refused(answers.get(1)).refusal().message()).doesNotContain("axes");
        } finally {
            database.execute("drop trigger no_axes on workshop_tools", "drop function refuse_axes");
        }
    }
}
