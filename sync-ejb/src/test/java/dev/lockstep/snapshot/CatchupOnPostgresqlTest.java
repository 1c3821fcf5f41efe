package dev.lockstep.snapshot;

import dev.lockstep.database.TestDatabase;

class CatchupOnPostgresqlTest extends CatchupContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
