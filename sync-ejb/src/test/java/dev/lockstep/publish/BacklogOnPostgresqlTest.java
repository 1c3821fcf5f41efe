package dev.lockstep.publish;

import dev.lockstep.database.TestDatabase;

class BacklogOnPostgresqlTest extends BacklogContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
