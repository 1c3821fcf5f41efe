package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class JudgingOnH2Test extends JudgingContract {
    @Override
    Workbench emptied() {
        return new Workshop(TestDatabase.h2().emptied());
    }
}
