package dev.lockstep.identity;

import dev.lockstep.database.TestDatabase;

class TicketsOnH2Test extends TicketsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
