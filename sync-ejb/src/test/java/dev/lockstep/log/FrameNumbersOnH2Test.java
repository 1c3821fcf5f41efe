package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class FrameNumbersOnH2Test extends FrameNumbersContract {
    @Override
    ActionLogFixture emptied() {
        return StoredLog.emptied(TestDatabase.h2());
    }
}
