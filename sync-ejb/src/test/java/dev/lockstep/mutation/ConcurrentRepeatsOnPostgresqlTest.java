package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class ConcurrentRepeatsOnPostgresqlTest extends ConcurrentRepeatsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
