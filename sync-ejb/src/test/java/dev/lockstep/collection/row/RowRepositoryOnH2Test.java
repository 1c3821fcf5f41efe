package dev.lockstep.collection.row;

import dev.lockstep.database.TestDatabase;

class RowRepositoryOnH2Test extends RowRepositoryContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
