package dev.lockstep.mutation;

class OwnRoomsInMemoryTest extends OwnRoomsContract {
    @Override
    EngineContract emptied() {
        return new InMemoryMutations();
    }
}
