package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class OwnersOnPostgresqlTest extends OwnersContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
