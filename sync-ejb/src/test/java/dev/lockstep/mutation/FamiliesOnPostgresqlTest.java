package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class FamiliesOnPostgresqlTest extends FamiliesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
