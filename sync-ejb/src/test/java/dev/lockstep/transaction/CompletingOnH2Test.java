package dev.lockstep.transaction;

import dev.lockstep.database.TestDatabase;

class CompletingOnH2Test extends CompletingContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
