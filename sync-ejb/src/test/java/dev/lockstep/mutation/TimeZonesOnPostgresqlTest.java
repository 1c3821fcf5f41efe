package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class TimeZonesOnPostgresqlTest extends TimeZonesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
