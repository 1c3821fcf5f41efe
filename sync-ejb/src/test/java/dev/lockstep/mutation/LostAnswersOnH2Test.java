package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class LostAnswersOnH2Test extends LostAnswersContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
