package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class CascadesOnPostgresqlTest extends CascadesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
