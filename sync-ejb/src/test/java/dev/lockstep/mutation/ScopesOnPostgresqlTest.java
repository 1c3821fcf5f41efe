package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class ScopesOnPostgresqlTest extends ScopesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
