package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.database.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AnyOrderOnH2Test extends AnyOrderContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }

    @Test
    @DisplayName(
            "[MUT16][CW9] with a generated column, a new row takes the unique value of one that goes softly with it")
    void freedSoftly() {
        schema("alter table workshop_cards add column live_title varchar(50) generated always as"
                + " (case when deleted_at is null then title end)");
        schema("create unique index cards_title on workshop_cards (drawer, live_title)");
        try {
            MutationFixture asked = MutationFixture.in("p1");
            Map<String, Object> card = Map.of("drawer", "d", "title", "t");
            assertThat(engine().alone(asked.bulk(insertion("cards", "c1", card))))
                    .matches(Answer::isApplied);
            assertThat(engine().alone(asked.bulk(insertion("cards", "c2", card), deletion("cards", "c1"))))
                    .matches(Answer::isApplied);
        } finally {
            schema("drop index cards_title");
            schema("alter table workshop_cards drop column live_title");
        }
    }
}
