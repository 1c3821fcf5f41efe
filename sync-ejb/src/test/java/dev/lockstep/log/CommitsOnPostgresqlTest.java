package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class CommitsOnPostgresqlTest extends CommitsContract {
    @Override
    ActionLogFixture emptied() {
        return StoredLog.emptied(TestDatabase.postgresql());
    }
}
