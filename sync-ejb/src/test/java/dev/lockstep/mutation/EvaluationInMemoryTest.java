package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;

class EvaluationInMemoryTest extends EvaluationContract {
    @Override
    EngineContract emptied() {
        return new InMemoryMutations();
    }
}
