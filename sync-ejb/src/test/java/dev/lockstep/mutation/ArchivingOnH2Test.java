package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;
import dev.lockstep.database.TestDatabase;

class ArchivingOnH2Test extends ArchivingContract {
    @Override
    EngineContract emptied() {
        return new EngineFixture(TestDatabase.h2().emptied());
    }
}
