package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class UnreadableRowsOnH2Test extends UnreadableRowsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
