package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class DescendantsOnH2Test extends DescendantsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
