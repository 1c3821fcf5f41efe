package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class FrameNumbersOnPostgresqlTest extends FrameNumbersContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
