package dev.lockstep.snapshot;

import dev.lockstep.database.TestDatabase;

class ListChangesOnH2Test extends ListChangesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
