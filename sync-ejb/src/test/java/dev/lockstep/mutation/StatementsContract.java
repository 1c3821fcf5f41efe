package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Mutation;
import dev.lockstep.database.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a group costs, on any database. */
abstract class StatementsContract {
    /** As many row writes as Hibernate sends at a time: hibernate.jdbc.batch_size in persistence.xml. */
    private static final int BATCH = 100;

    private TestDatabase database = database();

    abstract TestDatabase database();

    @BeforeEach
    void empty() {
        database = database().emptied();
    }

    private int statementsFor(int mutations, String prefix) {
        Workshop workshop = new Workshop(database);
        List<Mutation> group = new ArrayList<>();
        for (int i = 0; i < mutations; i++) {
            AMutation asked = AMutation.in("p1").identified(prefix + i);
            group.add(i % 2 == 0 ? asked.insertsTask(prefix + i, "t") : asked.retitlesTask(prefix + (i - 1), "u"));
        }
        int before = database.statementsSent();
        assertThat(workshop.together(group)).allMatch(Answer::isApplied);
        return database.statementsSent() - before;
    }

    @Test
    @DisplayName("[LOG6] a group of two mutations and one of 200 take the same number of statements")
    void sameForAll() {
        statementsFor(2, "first"); // makes the rows of room and counter

        assertThat(statementsFor(2 * BATCH, "many")).isEqualTo(statementsFor(2, "two"));
    }
}
