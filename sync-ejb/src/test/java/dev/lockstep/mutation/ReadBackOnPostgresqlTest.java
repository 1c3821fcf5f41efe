package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;
import java.util.List;

class ReadBackOnPostgresqlTest extends ReadBackContract {
    @Override
    TestDatabase database() {
        return TestDatabase.postgresql();
    }

    @Override
    String computed() {
        return " stored";
    }

    @Override
    List<String> lowerCaseTrigger() {
        return List.of(
                "create or replace function lower_case() returns trigger language plpgsql as"
                        + " 'begin new.text := lower(new.text); return new; end'",
                "create trigger lower_case before insert or update on workshop_stamps for each row"
                        + " execute function lower_case()");
    }
}
