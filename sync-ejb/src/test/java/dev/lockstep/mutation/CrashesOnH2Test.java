package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class CrashesOnH2Test extends CrashesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
