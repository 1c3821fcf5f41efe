package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class CompositeKeysOnPostgresqlTest extends CompositeKeysContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
