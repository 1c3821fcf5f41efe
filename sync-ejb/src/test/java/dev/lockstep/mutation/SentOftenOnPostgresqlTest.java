package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class SentOftenOnPostgresqlTest extends SentOftenContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
