package dev.lockstep.identity;

import dev.lockstep.database.TestDatabase;

class MembershipsOnPostgresqlTest extends MembershipsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
