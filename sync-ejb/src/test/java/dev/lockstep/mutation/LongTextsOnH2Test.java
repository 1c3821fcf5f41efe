package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class LongTextsOnH2Test extends LongTextsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
