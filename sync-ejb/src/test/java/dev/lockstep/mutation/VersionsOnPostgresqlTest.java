package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class VersionsOnPostgresqlTest extends VersionsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
