package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class SimulationOnPostgresqlTest extends SimulationContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    @Override
    int rounds() {
        return 30;
    }
}
