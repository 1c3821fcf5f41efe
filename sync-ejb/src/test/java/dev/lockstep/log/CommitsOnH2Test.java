package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class CommitsOnH2Test extends CommitsContract {
    @Override
    ActionLogFixture emptied() {
        return StoredLog.emptied(TestDatabase.h2());
    }
}
