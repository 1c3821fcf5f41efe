package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;
import dev.lockstep.database.TestDatabase;

class RepeatsOnH2Test extends RepeatsContract {
    @Override
    EngineContract emptied() {
        return new EngineFixture(TestDatabase.h2().emptied());
    }
}
