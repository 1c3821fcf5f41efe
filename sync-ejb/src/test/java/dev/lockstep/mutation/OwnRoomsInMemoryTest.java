package dev.lockstep.mutation;

class OwnRoomsInMemoryTest extends OwnRoomsContract {
    @Override
    Workbench emptied() {
        return new InMemoryMutations();
    }
}
