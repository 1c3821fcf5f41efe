package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class PrunedRepeatsOnPostgresqlTest extends PrunedRepeatsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
