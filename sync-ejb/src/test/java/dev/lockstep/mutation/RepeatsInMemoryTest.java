package dev.lockstep.mutation;

class RepeatsInMemoryTest extends RepeatsContract {
    @Override
    Workbench emptied() {
        return new InMemoryMutations();
    }
}
