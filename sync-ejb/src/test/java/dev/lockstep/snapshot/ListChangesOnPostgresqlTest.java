package dev.lockstep.snapshot;

import dev.lockstep.database.TestDatabase;

class ListChangesOnPostgresqlTest extends ListChangesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
