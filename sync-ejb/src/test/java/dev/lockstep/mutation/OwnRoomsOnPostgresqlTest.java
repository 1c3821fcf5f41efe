package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class OwnRoomsOnPostgresqlTest extends OwnRoomsContract {
    @Override
    Workbench emptied() {
        return new Workshop(TestDatabase.postgresql().emptied());
    }
}
