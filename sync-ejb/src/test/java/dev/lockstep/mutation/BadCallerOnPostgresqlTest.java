package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class BadCallerOnPostgresqlTest extends BadCallerContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
