package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.idempotency.Housekeeping;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Duplicates of mutations whose actions were pruned. */
@OnEveryDatabase
class PrunedRepeatsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1").identified("m1");

    private static final Instant GIVEN = Instant.parse("2026-11-21T01:02:03.004005Z");
    private static final Duration LOG_KEPT = Duration.ofDays(30);

    private final TestDatabase database;
    private final EngineFixture engine;

    PrunedRepeatsTest(TestDatabase database) {
        this.database = database;
        engine = new EngineFixture(database.emptied());
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] where the log was pruned, a duplicate is answered with the rows as they are now")
    void belowTheFloor() {
        engine.alone(MutationFixture.in("p1").insertsTask("a", "t"));
        Mutation bulk = IN_ROOM.bulk(
                updating("tasks", "a", Map.of("title", "u")),
                updating("tasks", "never", Map.of("title", "u")),
                insertion("tools", null, Map.of("name", "saw", "serial", "1")));
        MutationResult.Applied first = Results.applied(engine.alone(bulk));
        engine.alone(MutationFixture.in("p1").retitlesTask("a", "later"));

        housekeeping(GIVEN.plus(LOG_KEPT).plusSeconds(1)).deleteExpired();

        assertThat(engine.commits()).isEmpty();
        MutationResult.Applied again = Results.applied(engine.alone(bulk));
        assertThat(again.last()).isEqualTo(first.last());
        assertThat(again.rows().get(0).orElseThrow().json()).contains("later");
        assertThat(again.rows().subList(1, 3)).isEqualTo(first.rows().subList(1, 3));
        assertThat(engine.list("tools", "p1")).hasSize(1);
        assertThat(engine.commits()).isEmpty();
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] below the floor no answer shows a row that is deleted or has left the room")
    void goneBelowTheFloor() {
        engine.alone(MutationFixture.in("p1").insertsTask("a", "t"));
        Mutation updates = IN_ROOM.retitlesTask("a", "u");
        engine.alone(updates);
        engine.alone(MutationFixture.in("p1").deletesTask("a"));

        housekeeping(GIVEN.plus(LOG_KEPT).plusSeconds(1)).deleteExpired();

        assertThat(Results.row(engine.alone(updates))).isEmpty();
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] below the floor a moved row is found in its new room, and in no other")
    void movedBelowTheFloor() {
        engine.alone(MutationFixture.in("p1").inserts("errands", "a", Map.of()));
        Mutation moves = IN_ROOM.moves("errands", "a", "p2");
        engine.alone(moves);
        housekeeping(GIVEN.plus(LOG_KEPT).plusSeconds(1)).deleteExpired();
        assertThat(Results.row(engine.alone(moves)))
                .hasValueSatisfying(json -> assertThat(json).contains("\"project\":\"p2\""));

        engine.alone(MutationFixture.in("p2").moves("errands", "a", "p3"));
        assertThat(Results.row(engine.alone(moves))).isEmpty();
    }

    private Housekeeping housekeeping(Instant now) {
        return new Housekeeping(database.transactions(), () -> now, LOG_KEPT);
    }
}
