package dev.lockstep.access;

import dev.lockstep.database.TestDatabase;

class GuardedRoomsOnPostgresqlTest extends GuardedRoomsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
