package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class LostAnswersOnPostgresqlTest extends LostAnswersContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
