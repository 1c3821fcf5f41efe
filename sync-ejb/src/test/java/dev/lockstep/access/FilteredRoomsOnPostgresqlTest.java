package dev.lockstep.access;

import dev.lockstep.database.TestDatabase;

class FilteredRoomsOnPostgresqlTest extends FilteredRoomsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
