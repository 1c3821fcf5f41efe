package dev.lockstep.identity;

import dev.lockstep.database.TestDatabase;

class MembershipsOnH2Test extends MembershipsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
