package dev.lockstep.system.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.outage.Operation.Attempt;
import dev.lockstep.system.server.PostgresqlDatabase;
import java.sql.SQLException;

/**
 * A request that changes rows: it happens completely or not at all, and a repeat leaves one effect.
 *
 * @param request sends it
 * @param actions the number of actions of one effect
 * @param logged the query for the number of its actions in the log
 * @param stored the query for the number of its rows in the tables that show the effect; empty if it is not looked at
 */
record Mutating(PostgresqlDatabase database, Request request, int actions, String logged, String stored)
        implements Attempt {
    /** Sends one request. */
    interface Request {
        Reply send() throws Exception;
    }

    @Override
    public Reply send() throws Exception {
        return request.send();
    }

    @Override
    public void check(Reply first) throws SQLException {
        int found = count(logged);
        assertThat(found).as("actions in the log after %s", first).isIn(first.isDone() ? actions : 0, actions);
        if (!stored.isEmpty()) {
            assertThat(count(stored)).as("rows after %s", first).isEqualTo(found);
        }
    }

    @Override
    public void checkRepeated(Reply first, Reply second) throws SQLException {
        assertThat(count(logged)).as("actions after %s, %s", first, second).isEqualTo(actions);
        if (!stored.isEmpty()) {
            assertThat(count(stored)).as("rows after %s, %s", first, second).isEqualTo(actions);
        }
    }

    private int count(String query) throws SQLException {
        return Integer.parseInt(database.query(query));
    }
}
