package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class ConcurrentAppendersOnPostgresqlTest extends ConcurrentAppendersContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
