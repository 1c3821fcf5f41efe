package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class BadCallerOnH2Test extends BadCallerContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
