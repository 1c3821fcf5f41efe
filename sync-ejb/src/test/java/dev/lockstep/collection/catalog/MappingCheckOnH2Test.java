package dev.lockstep.collection.catalog;

import dev.lockstep.database.TestDatabase;

class MappingCheckOnH2Test extends MappingCheckContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
