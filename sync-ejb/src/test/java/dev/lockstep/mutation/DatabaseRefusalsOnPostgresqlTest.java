package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class DatabaseRefusalsOnPostgresqlTest extends DatabaseRefusalsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
