package dev.lockstep.mutation;

import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.stored.LowerCase;
import java.util.List;

class ReadBackOnH2Test extends ReadBackContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }

    @Override
    String computed() {
        return "";
    }

    @Override
    List<String> lowerCaseTrigger() {
        return List.of("create trigger lower_case before insert, update on workshop_stamps for each row call '"
                + LowerCase.class.getName() + "'");
    }
}
