package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class FrameNumbersOnH2Test extends FrameNumbersContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
