package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;

class RefusedFieldsOnH2Test extends RefusedFieldsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }
}
