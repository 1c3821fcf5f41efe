package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;
import dev.lockstep.database.TestDatabase;

class OwnRoomsOnH2Test extends OwnRoomsContract {
    @Override
    EngineContract emptied() {
        return new EngineFixture(TestDatabase.h2().emptied());
    }
}
