package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class OwnersOnH2Test extends OwnersContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
