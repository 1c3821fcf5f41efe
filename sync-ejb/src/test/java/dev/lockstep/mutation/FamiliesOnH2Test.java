package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class FamiliesOnH2Test extends FamiliesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
