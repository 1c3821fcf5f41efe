package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class JudgingOnH2Test extends JudgingContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
