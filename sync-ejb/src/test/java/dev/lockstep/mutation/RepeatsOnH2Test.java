package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class RepeatsOnH2Test extends RepeatsContract {
    @Override
    Workbench emptied() {
        return new Workshop(TestDatabase.h2().emptied());
    }
}
