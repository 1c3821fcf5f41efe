package dev.lockstep.mutation;

class RepeatsInMemoryTest extends RepeatsContract {
    @Override
    EngineContract emptied() {
        return new InMemoryMutations();
    }
}
