package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class ModelOnH2Test extends ModelContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
