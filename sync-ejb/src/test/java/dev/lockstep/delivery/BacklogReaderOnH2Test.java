package dev.lockstep.delivery;

import dev.lockstep.database.TestDatabase;

class BacklogReaderOnH2Test extends BacklogReaderContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
