package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class MovesOnH2Test extends MovesContract {
    @Override
    Workbench emptied() {
        return new Workshop(TestDatabase.h2().emptied());
    }
}
