package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class ScopesOnH2Test extends ScopesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
