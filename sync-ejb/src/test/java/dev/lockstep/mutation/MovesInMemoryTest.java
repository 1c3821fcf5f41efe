package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;

class MovesInMemoryTest extends MovesContract {
    @Override
    EngineContract emptied() {
        return new InMemoryMutations();
    }
}
