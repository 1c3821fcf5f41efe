package dev.lockstep.identity;

import dev.lockstep.database.TestDatabase;

class RevocationsOnPostgresqlTest extends RevocationsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
