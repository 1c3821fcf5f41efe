package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class StatementsOnPostgresqlTest extends StatementsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
