package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class ArchivingOnH2Test extends ArchivingContract {
    @Override
    Workbench emptied() {
        return new Workshop(TestDatabase.h2().emptied());
    }
}
