package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class RefusedFieldsOnPostgresqlTest extends RefusedFieldsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
