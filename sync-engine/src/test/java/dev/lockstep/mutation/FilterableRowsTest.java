package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Action;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log of a collection with filterable fields. */
@OnEveryDatabase
class FilterableRowsTest {
    private final EngineFixture engine;

    FilterableRowsTest(TestDatabase database) {
        engine = new EngineFixture(database.emptied());
    }

    @Test
    @Tag("LST13")
    @Tag("LST14")
    @DisplayName(
            "[LST13][LST14] updates log the row before them, and those of a mutation share a frame as without a filter")
    void shareFrames() {
        MutationFixture room = MutationFixture.in("p1");
        engine.alone(room.bulk(
                MutationFixture.insertion("tickets", "a", Map.of("status", "OPEN")),
                MutationFixture.insertion("tickets", "b", Map.of("status", "DONE"))));
        engine.alone(room.bulk(
                MutationFixture.updating("tickets", "a", Map.of("status", "DONE")),
                MutationFixture.updating("tickets", "b", Map.of("status", "OPEN"))));

        List<Action> updates = engine.commits().get(1).actions();
        assertThat(updates).extracting(Action::number).containsExactly(2L, 2L);
        assertThat(updates.getFirst().entry().rowBefore().orElseThrow()).contains("\"status\":\"OPEN\"");
        assertThat(updates.getLast().entry().rowBefore().orElseThrow()).contains("\"status\":\"DONE\"");
    }
}
