package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class RefusedRepeatsOnPostgresqlTest extends RefusedRepeatsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
