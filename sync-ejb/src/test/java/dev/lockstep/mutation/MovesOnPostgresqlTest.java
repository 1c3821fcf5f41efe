package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class MovesOnPostgresqlTest extends MovesContract {
    @Override
    Workbench emptied() {
        return new Workshop(TestDatabase.postgresql().emptied());
    }
}
