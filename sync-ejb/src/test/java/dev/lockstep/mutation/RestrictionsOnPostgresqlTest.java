package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class RestrictionsOnPostgresqlTest extends RestrictionsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
