package dev.lockstep.transaction;

import dev.lockstep.database.TestDatabase;

class StoredImagesOnH2Test extends StoredImagesContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }

    @Override
    String computed() {
        return "";
    }
}
