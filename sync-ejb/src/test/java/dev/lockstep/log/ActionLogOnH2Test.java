package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class ActionLogOnH2Test extends ActionLogContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
