package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class OwnRoomsOnH2Test extends OwnRoomsContract {
    @Override
    Workbench emptied() {
        return new Workshop(TestDatabase.h2().emptied());
    }
}
