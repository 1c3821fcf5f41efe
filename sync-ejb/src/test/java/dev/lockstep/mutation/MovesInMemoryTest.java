package dev.lockstep.mutation;

class MovesInMemoryTest extends MovesContract {
    @Override
    Workbench emptied() {
        return new InMemoryMutations();
    }
}
