package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class DescendantsOnPostgresqlTest extends DescendantsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
