package dev.lockstep.transaction;

import dev.lockstep.database.TestDatabase;

class CommitSynchronizationOnPostgresqlTest extends CommitSynchronizationContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
