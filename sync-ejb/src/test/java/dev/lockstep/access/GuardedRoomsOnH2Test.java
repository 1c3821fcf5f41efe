package dev.lockstep.access;

import dev.lockstep.database.TestDatabase;

class GuardedRoomsOnH2Test extends GuardedRoomsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
