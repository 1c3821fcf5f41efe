package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class ArchivingOnPostgresqlTest extends ArchivingContract {
    @Override
    Workbench emptied() {
        return new Workshop(TestDatabase.postgresql().emptied());
    }
}
