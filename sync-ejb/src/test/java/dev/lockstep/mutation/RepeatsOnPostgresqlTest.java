package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class RepeatsOnPostgresqlTest extends RepeatsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
