package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;
import dev.lockstep.database.TestDatabase;

class MovesOnH2Test extends MovesContract {
    @Override
    EngineContract emptied() {
        return new EngineFixture(TestDatabase.h2().emptied());
    }
}
