package dev.lockstep.transaction;

import dev.lockstep.database.TestDatabase;

class DescendantsOnH2Test extends DescendantsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
