package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class JudgingOnPostgresqlTest extends JudgingContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
