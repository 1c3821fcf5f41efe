package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class RepeatsOnH2Test extends RepeatsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
