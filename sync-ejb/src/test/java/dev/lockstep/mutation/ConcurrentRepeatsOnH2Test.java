package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class ConcurrentRepeatsOnH2Test extends ConcurrentRepeatsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
