package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class ConcurrentAppendersOnH2Test extends ConcurrentAppendersContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
