package dev.lockstep.collection;

import dev.lockstep.database.TestDatabase;

class RowsOnH2Test extends RowsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
