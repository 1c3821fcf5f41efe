package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class PrunedRepeatsOnH2Test extends PrunedRepeatsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
