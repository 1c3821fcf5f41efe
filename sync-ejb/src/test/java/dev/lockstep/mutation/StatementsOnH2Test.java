package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class StatementsOnH2Test extends StatementsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
