package dev.lockstep.log;

import dev.lockstep.database.TestDatabase;

class CommitsOnH2Test extends CommitsContract {
    @Override
    Logbook emptied() {
        return StoredLog.emptied(TestDatabase.h2());
    }
}
