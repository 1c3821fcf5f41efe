package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class LongTextsOnPostgresqlTest extends LongTextsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
