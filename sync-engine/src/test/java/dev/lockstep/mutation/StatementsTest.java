package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Mutation;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.batch.BatchWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statements of a batch. */
@OnEveryDatabase
class StatementsTest {
    /** As many row writes as Hibernate sends at a time: hibernate.jdbc.batch_size in persistence.xml. */
    private static final int BATCH = 100;

    private final TestDatabase database;

    StatementsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    private int statementsFor(int mutations, String prefix) {
        EngineFixture engine = new EngineFixture(database);
        List<Mutation> batch = new ArrayList<>();
        for (int i = 0; i < mutations; i++) {
            MutationFixture asked = MutationFixture.in("p1").identified(prefix + i);
            batch.add(i % 2 == 0 ? asked.insertsTask(prefix + i, "t") : asked.retitlesTask(prefix + (i - 1), "u"));
        }
        int before = database.statementsSent();
        assertThat(engine.together(batch)).allMatch(Results::isApplied);
        return database.statementsSent() - before;
    }

    @Test
    @Tag("LOG6")
    @DisplayName(
            "[LOG6] a batch of ten mutations and one of 200 take the same number of statements, one of two no more")
    void sameForAll() {
        statementsFor(2, "first"); // makes the rows of room and counter

        int many = statementsFor(2 * BATCH, "many");

        assertThat(statementsFor(10, "ten")).isEqualTo(many);
        assertThat(statementsFor(2, "two")).isLessThanOrEqualTo(many);
    }

    private int statementsForDeletes(int binders, String prefix) {
        EngineFixture engine = new EngineFixture(database);
        List<Mutation> made = new ArrayList<>();
        List<Mutation> deleted = new ArrayList<>();
        for (int i = 0; i < binders; i++) {
            MutationFixture asked = MutationFixture.in("p1");
            String id = prefix + i;
            made.add(asked.inserts("binders", id, Map.of()));
            made.add(asked.inserts("sheets", id, Map.of("binder", id)));
            made.add(asked.inserts("remarks", id, Map.of("sheet", id)));
            deleted.add(asked.deletes("binders", id));
        }
        assertThat(engine.together(made)).allMatch(Results::isApplied);
        int before = database.statementsSent();
        assertThat(engine.together(deleted)).allMatch(Results::isApplied);
        assertThat(engine.list("remarks", "p1")).isEmpty();
        return database.statementsSent() - before;
    }

    @Test
    @Tag("LOG6")
    @DisplayName("[LOG6] deletes take the same number of statements, whatever rows are deleted with theirs")
    void sameForFamilies() {
        statementsForDeletes(1, "first");

        assertThat(statementsForDeletes(BATCH, "many")).isEqualTo(statementsForDeletes(2, "two"));
    }

    private int statementsFor(BatchWriter writer, Mutation mutation) {
        int before = database.statementsSent();
        assertThat(Results.isApplied(EngineFixture.get(writer.submit(mutation))))
                .isTrue();
        return database.statementsSent() - before;
    }

    @Test
    @Tag("MUT19")
    @DisplayName("[MUT19] stored results and ids are not looked up, until a mutation was sent again")
    void onTrust() {
        MutationFixture asked = MutationFixture.in("p1");
        BatchWriter writer = new EngineFixture(database).writer();
        Thread thread = EngineFixture.start(writer);
        try {
            statementsFor(
                    writer, asked.by("c", "first").insertsTask("first", "t")); // makes the rows of room and counter
            int trusted = statementsFor(writer, asked.by("c", "trusted").insertsTask("trusted", "t"));
            statementsFor(writer, asked.by("c", "trusted").insertsTask("trusted", "t"));

            assertThat(statementsFor(writer, asked.by("c", "asked").insertsTask("asked", "t")))
                    .isEqualTo(trusted + 2);
        } finally {
            EngineFixture.end(writer, thread);
        }
    }
}
