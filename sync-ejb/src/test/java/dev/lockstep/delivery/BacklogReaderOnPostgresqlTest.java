package dev.lockstep.delivery;

import dev.lockstep.database.TestDatabase;

class BacklogReaderOnPostgresqlTest extends BacklogReaderContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
