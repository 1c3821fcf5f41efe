package dev.lockstep.collection;

import dev.lockstep.database.TestDatabase;
import java.util.Locale;

class TableKeysOnPostgresqlTest extends TableKeysContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    @Override
    String inCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
