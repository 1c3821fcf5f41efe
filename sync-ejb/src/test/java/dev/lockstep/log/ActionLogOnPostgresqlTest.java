package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class ActionLogOnPostgresqlTest extends ActionLogContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
