package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class ManyAppendersOnH2Test extends ManyAppendersContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
