package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class RoomStampsOnPostgresqlTest extends RoomStampsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
