package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class TimeZonesOnH2Test extends TimeZonesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
