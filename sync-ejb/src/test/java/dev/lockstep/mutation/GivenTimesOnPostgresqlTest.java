package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class GivenTimesOnPostgresqlTest extends GivenTimesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
