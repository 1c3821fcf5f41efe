package dev.lockstep.snapshot;

import dev.lockstep.database.TestDatabase;

class SnapshotsOnPostgresqlTest extends SnapshotsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
