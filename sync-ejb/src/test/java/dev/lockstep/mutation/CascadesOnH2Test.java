package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class CascadesOnH2Test extends CascadesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
