package dev.lockstep.collection.catalog;

import dev.lockstep.database.TestDatabase;

class MappingCheckOnPostgresqlTest extends MappingCheckContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
