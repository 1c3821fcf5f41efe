package dev.lockstep.mutation;

class EvaluationInMemoryTest extends EvaluationContract {
    @Override
    EngineContract emptied() {
        return new InMemoryMutations();
    }
}
