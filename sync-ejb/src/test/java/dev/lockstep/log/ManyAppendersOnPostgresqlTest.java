package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class ManyAppendersOnPostgresqlTest extends ManyAppendersContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
