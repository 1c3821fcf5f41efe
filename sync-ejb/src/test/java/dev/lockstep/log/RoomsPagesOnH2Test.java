package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class RoomsPagesOnH2Test extends RoomsPagesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
