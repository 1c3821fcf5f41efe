package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class ChangedRowsOnPostgresqlTest extends ChangedRowsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
