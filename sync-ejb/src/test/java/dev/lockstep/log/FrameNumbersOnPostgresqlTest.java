package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class FrameNumbersOnPostgresqlTest extends FrameNumbersContract {
    @Override
    ActionLogFixture emptied() {
        return StoredLog.emptied(TestDatabase.postgresql());
    }
}
