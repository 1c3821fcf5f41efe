package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class RestrictionsOnH2Test extends RestrictionsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
