package dev.lockstep.transaction;

import dev.lockstep.database.TestDatabase;

class StoredImagesOnPostgresqlTest extends StoredImagesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    @Override
    String computed() {
        return " stored";
    }
}
