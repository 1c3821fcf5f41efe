package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.database.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AnyOrderOnPostgresqlTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final TestDatabase database = TestDatabase.postgresql().emptied();
    private final EngineFixture engine = new EngineFixture(database);

    @Test
    @Tag("MUT16")
    @Tag("CW9")
    @DisplayName(
            "[MUT16][CW9] with a partial index, a new row takes the unique value of a row that is softly deleted in the same mutation")
    void freedSoftly() {
        database.execute(
                "create unique index cards_title on workshop_cards (drawer, lower(title)) where deleted_at is null");
        try {
            Map<String, Object> card = Map.of("drawer", "d", "title", "t");
            Map<String, Object> other = Map.of("drawer", "d", "title", "U");
            assertThat(engine.alone(IN_ROOM.bulk(insertion("cards", "c1", card))))
                    .matches(Results::isApplied);
            assertThat(engine.alone(IN_ROOM.bulk(insertion("cards", "c2", card), deletion("cards", "c1"))))
                    .matches(Results::isApplied);
            assertThat(engine.alone(IN_ROOM.bulk(insertion("cards", "c3", other))))
                    .matches(Results::isApplied);
            assertThat(engine.alone(IN_ROOM.bulk(
                            updating("cards", "c2", Map.of("title", "u")),
                            updating("cards", "c3", Map.of("title", "T")))))
                    .matches(Results::isApplied);
        } finally {
            database.execute("drop index cards_title");
        }
    }
}
