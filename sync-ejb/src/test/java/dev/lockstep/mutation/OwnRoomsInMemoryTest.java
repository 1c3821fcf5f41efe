package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;

class OwnRoomsInMemoryTest extends OwnRoomsContract {
    @Override
    EngineContract emptied() {
        return new InMemoryMutations();
    }
}
