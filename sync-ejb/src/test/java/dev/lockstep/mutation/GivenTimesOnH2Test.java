package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class GivenTimesOnH2Test extends GivenTimesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
