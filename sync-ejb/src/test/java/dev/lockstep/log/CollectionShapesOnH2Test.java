package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class CollectionShapesOnH2Test extends CollectionShapesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
