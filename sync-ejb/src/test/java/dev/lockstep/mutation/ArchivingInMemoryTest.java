package dev.lockstep.mutation;

class ArchivingInMemoryTest extends ArchivingContract {
    @Override
    EngineContract emptied() {
        return new InMemoryMutations();
    }
}
