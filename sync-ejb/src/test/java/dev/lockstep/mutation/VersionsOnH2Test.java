package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class VersionsOnH2Test extends VersionsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
