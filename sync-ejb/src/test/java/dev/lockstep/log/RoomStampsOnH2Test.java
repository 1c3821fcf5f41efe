package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class RoomStampsOnH2Test extends RoomStampsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
