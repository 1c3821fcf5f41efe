package dev.lockstep.snapshot;

import dev.lockstep.database.TestDatabase;

class CatchupOnH2Test extends CatchupContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
