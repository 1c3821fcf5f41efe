package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class CompositeKeysOnH2Test extends CompositeKeysContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
