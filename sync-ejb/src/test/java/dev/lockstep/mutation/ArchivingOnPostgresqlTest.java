package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;
import dev.lockstep.database.TestDatabase;

class ArchivingOnPostgresqlTest extends ArchivingContract {
    @Override
    EngineContract emptied() {
        return new EngineFixture(TestDatabase.postgresql().emptied());
    }
}
