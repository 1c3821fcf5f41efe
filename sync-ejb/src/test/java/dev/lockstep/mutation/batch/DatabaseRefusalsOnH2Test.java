package dev.lockstep.mutation.batch;

import dev.lockstep.database.TestDatabase;

class DatabaseRefusalsOnH2Test extends DatabaseRefusalsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
