package dev.lockstep.identity;

import dev.lockstep.database.TestDatabase;

class RightsChangesOnH2Test extends RightsChangesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
