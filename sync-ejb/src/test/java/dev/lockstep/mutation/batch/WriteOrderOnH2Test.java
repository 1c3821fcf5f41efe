package dev.lockstep.mutation.batch;

import dev.lockstep.database.TestDatabase;

class WriteOrderOnH2Test extends WriteOrderContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
