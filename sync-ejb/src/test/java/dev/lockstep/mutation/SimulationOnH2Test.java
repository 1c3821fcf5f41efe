package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class SimulationOnH2Test extends SimulationContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }

    @Override
    int rounds() {
        return 200;
    }
}
