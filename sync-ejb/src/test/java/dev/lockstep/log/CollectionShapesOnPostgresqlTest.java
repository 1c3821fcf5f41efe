package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class CollectionShapesOnPostgresqlTest extends CollectionShapesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
