package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;

class RepeatsInMemoryTest extends RepeatsContract {
    @Override
    EngineContract emptied() {
        return new InMemoryMutations();
    }
}
