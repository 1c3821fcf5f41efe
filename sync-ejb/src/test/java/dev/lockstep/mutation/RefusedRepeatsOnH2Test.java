package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class RefusedRepeatsOnH2Test extends RefusedRepeatsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
