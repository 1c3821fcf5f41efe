package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class RoomsPagesOnPostgresqlTest extends RoomsPagesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
