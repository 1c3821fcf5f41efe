package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class FloorsOnH2Test extends FloorsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
