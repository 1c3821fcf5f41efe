package dev.lockstep.transaction;

import dev.lockstep.database.TestDatabase;

class CascadeDeletesOnPostgresqlTest extends CascadeDeletesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
