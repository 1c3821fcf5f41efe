package dev.lockstep.transaction;

import dev.lockstep.database.TestDatabase;

class CascadeDeletesOnH2Test extends CascadeDeletesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
