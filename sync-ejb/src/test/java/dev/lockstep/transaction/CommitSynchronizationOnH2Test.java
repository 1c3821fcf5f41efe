package dev.lockstep.transaction;

import dev.lockstep.database.TestDatabase;

class CommitSynchronizationOnH2Test extends CommitSynchronizationContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
