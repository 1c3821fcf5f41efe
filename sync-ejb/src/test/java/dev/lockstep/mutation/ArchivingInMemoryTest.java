package dev.lockstep.mutation;

class ArchivingInMemoryTest extends ArchivingContract {
    @Override
    Workbench emptied() {
        return new InMemoryMutations();
    }
}
