package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.insertion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions;
import dev.lockstep.mutation.batch.BatchWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Constraints that PostgreSQL checks at the commit. */
class DeferredConstraintsOnPostgresqlTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");
    private static final MutationFixture CULPRIT = IN_ROOM.by("bad", "1");

    private static final String REFUSE_AXES =
            "create or replace function refuse_late() returns trigger language plpgsql"
                    + " as $$ begin if new.name = 'axe' then raise exception 'no axes' using errcode = 'check_violation';"
                    + " end if; return new; end $$";

    private static final String REFUSE_ACTIONS =
            "create or replace function refuse_late() returns trigger language plpgsql"
                    + " as $$ begin if new.row_after like '%axe%' then raise exception 'no axes' using errcode ="
                    + " 'check_violation'; end if; return new; end $$";

    private static final String DEFER =
            "create or replace function defer_all() returns trigger language plpgsql as $$ begin"
                    + " set constraints all deferred; return new; end $$";

    private final AtomicInteger begun = new AtomicInteger();
    private final TestDatabase database = TestDatabase.postgresql();
    private EngineFixture engine = new EngineFixture(database);

    private record Counted(Transactions transactions, AtomicInteger begun) implements Transactions {
        @Override
        public <T> T run(Work<T> work) {
            begun.incrementAndGet();
            return transactions.run(work);
        }
    }

    @BeforeEach
    void empty() {
        engine = new EngineFixture(database.emptied(), new Counted(database.transactions(), begun));
    }

    @AfterEach
    void restoreSchema() throws SQLException {
        database.execute(
                "drop trigger if exists late on workshop_tools",
                "drop trigger if exists late on lockstep_action",
                "drop trigger if exists defers on lockstep_action",
                "drop function if exists refuse_late",
                "drop function if exists defer_all",
                "alter table workshop_tools drop constraint if exists one_name",
                "alter table workshop_steps drop constraint if exists tool_later");
    }

    /** An invalid mutation between others: it alone is refused, at the first try, without the database's message. */
    private void assertRefusesOnly(Mutation culprit, ErrorCode code) {
        begun.set(0);
        List<MutationResult> answers =
                engine.together(IN_ROOM.insertsTask("a", "innocent"), culprit, IN_ROOM.insertsTask("b", "innocent"));

        assertThat(answers).extracting(Results::isApplied).containsExactly(true, false, true);
        assertThat(Results.code(answers.get(1))).isEqualTo(code);
        assertThat(Results.refused(answers.get(1)).refusal().message()).doesNotContain("workshop", "constraint");
        assertThat(engine.list("tasks", "p1")).hasSize(2);
        assertThat(begun).hasValueLessThan(12); // no try is repeated until its time is over
        assertThat(Results.code(engine.alone(culprit))).isEqualTo(code); // the result is stored
    }

    @Test
    @Tag("MUT6")
    @Tag("CW1")
    @DisplayName("[MUT6][CW1] a deferred unique value in use is refused to its author only")
    void unique() throws SQLException {
        database.execute(
                "alter table workshop_tools add constraint one_name unique (name) deferrable initially deferred");
        engine.alone(IN_ROOM.insertsTool("saw", "1"));

        assertRefusesOnly(CULPRIT.insertsTool("saw", "2"), ErrorCode.IN_USE);
    }

    @Test
    @Tag("MUT6")
    @Tag("CW1")
    @DisplayName("[MUT6][CW1] a deferred reference to a missing row is refused to its author only")
    void reference() throws SQLException {
        database.execute(
                "alter table workshop_steps add constraint tool_later foreign key (text) references workshop_tools (id)"
                        + " deferrable initially deferred");

        assertRefusesOnly(CULPRIT.bulk(insertion("steps", "s", Map.of("text", "ghost"))), ErrorCode.INVALID);
    }

    @Test
    @Tag("MUT6")
    @Tag("CW1")
    @DisplayName("[MUT6][CW1] a refusal by a deferred trigger affects its author only")
    void trigger() throws SQLException {
        database.execute(
                REFUSE_AXES,
                "create constraint trigger late after insert on workshop_tools deferrable initially deferred"
                        + " for each row execute function refuse_late()");

        assertRefusesOnly(CULPRIT.insertsTool("axe", "1"), ErrorCode.INVALID);
    }

    @Test
    @Tag("MUT6")
    @Tag("CW1")
    @DisplayName("[MUT6][CW1] a refusal by the commit affects its author only")
    void atCommit() throws SQLException {
        database.execute(
                REFUSE_ACTIONS,
                DEFER,
                "create trigger defers before insert on lockstep_action for each row execute function defer_all()",
                "create constraint trigger late after insert on lockstep_action deferrable initially deferred"
                        + " for each row execute function refuse_late()");

        assertRefusesOnly(CULPRIT.insertsTool("axe", "1"), ErrorCode.INVALID);
    }

    @Test
    @Tag("MUT10")
    @Tag("CW1")
    @DisplayName("[MUT10][CW1] a deferred unique value that another transaction has locked blocks its author only")
    void held() throws SQLException {
        database.execute(
                "alter table workshop_tools add constraint one_name unique (name) deferrable initially deferred");
        BatchWriter writer = engine.writer();
        Thread thread = EngineFixture.start(writer);
        try (Connection other = database.dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("insert into workshop_tools (id, name, created_at) values ('t', 'saw', now())");
            CompletionStage<MutationResult> blocked = writer.submit(CULPRIT.insertsTool("saw", "2"));
            for (int i = 0; i < 10; i++) {
                assertThat(Results.isApplied(
                                EngineFixture.get(writer.submit(IN_ROOM.insertsTask("t" + i, "innocent")))))
                        .isTrue();
            }
            assertThat(blocked.toCompletableFuture()).isNotDone();
            other.rollback();
            other.setAutoCommit(true);
            assertThat(Results.isApplied(EngineFixture.get(blocked))).isTrue();
        } finally {
            EngineFixture.end(writer, thread);
        }
    }
}
