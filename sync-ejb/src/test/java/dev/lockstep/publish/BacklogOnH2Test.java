package dev.lockstep.publish;

import dev.lockstep.database.TestDatabase;

class BacklogOnH2Test extends BacklogContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
