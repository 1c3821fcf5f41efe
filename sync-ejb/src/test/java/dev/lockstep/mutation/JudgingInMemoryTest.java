package dev.lockstep.mutation;

class JudgingInMemoryTest extends JudgingContract {
    @Override
    Workbench emptied() {
        return new InMemoryMutations();
    }
}
