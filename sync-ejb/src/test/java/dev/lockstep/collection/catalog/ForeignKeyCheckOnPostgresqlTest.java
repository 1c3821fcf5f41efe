package dev.lockstep.collection.catalog;

import dev.lockstep.database.TestDatabase;
import java.util.Locale;

class ForeignKeyCheckOnPostgresqlTest extends ForeignKeyCheckContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    @Override
    String inCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
