package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class EpochsOnH2Test extends EpochsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
