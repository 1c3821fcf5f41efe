package dev.lockstep.transaction;

import dev.lockstep.database.TestDatabase;

class DescendantsOnPostgresqlTest extends DescendantsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
