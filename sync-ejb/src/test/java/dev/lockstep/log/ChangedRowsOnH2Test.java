package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class ChangedRowsOnH2Test extends ChangedRowsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
