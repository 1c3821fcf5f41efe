package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;
import dev.lockstep.database.TestDatabase;

class EvaluationOnH2Test extends EvaluationContract {
    @Override
    EngineContract emptied() {
        return new EngineFixture(TestDatabase.h2().emptied());
    }
}
