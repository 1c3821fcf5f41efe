package dev.lockstep.transaction;

import dev.lockstep.database.TestDatabase;

class CompletingOnPostgresqlTest extends CompletingContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
