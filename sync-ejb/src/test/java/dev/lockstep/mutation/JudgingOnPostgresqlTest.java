package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class JudgingOnPostgresqlTest extends JudgingContract {
    @Override
    Workbench emptied() {
        return new Workshop(TestDatabase.postgresql().emptied());
    }
}
