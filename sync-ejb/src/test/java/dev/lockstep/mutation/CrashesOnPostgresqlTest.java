package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class CrashesOnPostgresqlTest extends CrashesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }
}
