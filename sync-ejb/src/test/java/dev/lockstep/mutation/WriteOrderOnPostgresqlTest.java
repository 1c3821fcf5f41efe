package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class WriteOrderOnPostgresqlTest extends WriteOrderContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
