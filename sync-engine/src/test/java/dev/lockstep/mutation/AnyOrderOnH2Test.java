package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.database.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AnyOrderOnH2Test {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final TestDatabase database = TestDatabase.h2().emptied();
    private final EngineFixture engine = new EngineFixture(database);

    @Test
    @Tag("MUT16")
    @Tag("CW9")
    @DisplayName(
            "[MUT16][CW9] with a generated column, a new row takes the unique value of a row that is softly deleted in the same mutation")
    void freedSoftly() {
        database.execute("alter table workshop_cards add column live_title varchar(50) generated always as"
                + " (case when deleted_at is null then title end)");
        database.execute("create unique index cards_title on workshop_cards (drawer, live_title)");
        try {
            Map<String, Object> card = Map.of("drawer", "d", "title", "t");
            assertThat(engine.alone(IN_ROOM.bulk(insertion("cards", "c1", card))))
                    .matches(Results::isApplied);
            assertThat(engine.alone(IN_ROOM.bulk(insertion("cards", "c2", card), deletion("cards", "c1"))))
                    .matches(Results::isApplied);
        } finally {
            database.execute("drop index cards_title");
            database.execute("alter table workshop_cards drop column live_title");
        }
    }
}
