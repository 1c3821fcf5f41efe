package dev.lockstep.mutation;

import dev.lockstep.boot.EngineContract;

class ArchivingInMemoryTest extends ArchivingContract {
    @Override
    EngineContract emptied() {
        return new InMemoryMutations();
    }
}
