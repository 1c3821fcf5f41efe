package dev.lockstep.mutation;

class MovesInMemoryTest extends MovesContract {
    @Override
    EngineContract emptied() {
        return new InMemoryMutations();
    }
}
