package dev.lockstep.collection;

import dev.lockstep.database.TestDatabase;
import java.util.Locale;

class ForeignKeysOnPostgresqlTest extends ForeignKeysContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    @Override
    String inCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
