package dev.lockstep.access;

import dev.lockstep.database.TestDatabase;

class FilteredRoomsOnH2Test extends FilteredRoomsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
