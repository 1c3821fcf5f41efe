package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class ModelOnPostgresqlTest extends ModelContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
