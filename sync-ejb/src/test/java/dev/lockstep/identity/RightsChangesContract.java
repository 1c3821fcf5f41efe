package dev.lockstep.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.database.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Changes of rights that two nodes tell of, on any database. */
abstract class RightsChangesContract {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00.500Z");

    private final List<String> heardHere = new ArrayList<>();
    private final List<String> heardThere = new ArrayList<>();
    private final TestDatabase database = database();
    private Instant now = START;
    private RightsChanges here = node(heardHere);
    private RightsChanges there = node(heardThere);

    abstract TestDatabase database();

    private RightsChanges node(List<String> heard) {
        RightsChanges node = new RightsChanges(database.transactions(), () -> now, Runnable::run);
        node.listen((application, subject) -> heard.add(application + "/" + subject));
        return node;
    }

    @BeforeEach
    void empty() {
        database.emptied();
        here = node(heardHere);
        there = node(heardThere);
        here.look();
        there.look();
    }

    @Test
    @DisplayName("[ACC19] listeners here hear of it at once, on other nodes when these look, each time it is told")
    void told() {
        here.changed("workshop", "alice");
        assertThat(heardHere).containsExactly("workshop/alice");
        assertThat(heardThere).isEmpty();
        here.look();
        there.look();
        there.look();
        assertThat(heardHere).containsExactly("workshop/alice");
        assertThat(heardThere).containsExactly("workshop/alice");
        here.changed("workshop", "alice"); // at the same moment
        there.look();

        assertThat(heardThere).containsExactly("workshop/alice", "workshop/alice");
    }

    @Test
    @DisplayName("[ACC19] so they do where the other clock is behind; a new node hears of nothing old")
    void clocks() {
        now = START.plusSeconds(30);
        there.changed("workshop", "bob");
        there.look();
        now = START;
        here.changed("workshop", "alice");
        here.changed("workshop", "bob");
        heardThere.clear();
        there.look();
        assertThat(heardThere).containsExactlyInAnyOrder("workshop/alice", "workshop/bob");

        List<String> heardLater = new ArrayList<>();
        node(heardLater).look();
        assertThat(heardLater).isEmpty();
    }
}
