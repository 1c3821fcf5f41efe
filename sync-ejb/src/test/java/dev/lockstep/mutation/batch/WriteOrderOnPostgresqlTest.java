package dev.lockstep.mutation.batch;

import dev.lockstep.database.TestDatabase;

class WriteOrderOnPostgresqlTest extends WriteOrderContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
