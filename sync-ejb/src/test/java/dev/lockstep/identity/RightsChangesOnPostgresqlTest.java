package dev.lockstep.identity;

import dev.lockstep.database.TestDatabase;

class RightsChangesOnPostgresqlTest extends RightsChangesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
