package dev.lockstep.identity;

import dev.lockstep.database.TestDatabase;

class RevocationsOnH2Test extends RevocationsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
