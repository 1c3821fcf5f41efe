package dev.lockstep.identity;

import dev.lockstep.database.TestDatabase;

class TicketsOnPostgresqlTest extends TicketsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
