package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class SentOftenOnH2Test extends SentOftenContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
