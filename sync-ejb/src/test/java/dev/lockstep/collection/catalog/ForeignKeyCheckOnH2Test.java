package dev.lockstep.collection.catalog;

import dev.lockstep.database.TestDatabase;
import java.util.Locale;

class ForeignKeyCheckOnH2Test extends ForeignKeyCheckContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }

    @Override
    String inCase(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
