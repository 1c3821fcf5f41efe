package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class RepeatsOnPostgresqlTest extends RepeatsContract {
    @Override
    Workbench emptied() {
        return new Workshop(TestDatabase.postgresql().emptied());
    }
}
