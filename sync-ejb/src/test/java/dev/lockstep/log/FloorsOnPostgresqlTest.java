package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class FloorsOnPostgresqlTest extends FloorsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
