package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.delivery.BacklogReader;
import dev.lockstep.delivery.PublisherThread;
import dev.lockstep.room.Visibility;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReadCapabilityTest {
    private static final CollectionName TASKS = new CollectionName("tasks");
    private static final CollectionName NOTES = new CollectionName("notes");
    private static final RoomId P1 = new RoomId("office", "p1");
    private static final RoomId P2 = new RoomId("office", "p2");
    private static final Visibility ALL = Visibility.of(Set.of(TASKS, NOTES));

    private static Visibility shown(Map<RoomId, Visibility> rooms) {
        return new ReadCapability(rooms, new PublisherThread(), new BacklogReader()).rowVisibility();
    }

    @Test
    @Tag("SNAP6")
    @DisplayName("[SNAP6] two capabilities share a snapshot if they show the same rows, whatever frames they receive")
    void sameRows() {
        Visibility nothing = Visibility.of(Set.of());

        assertThat(shown(Map.of(P1, ALL, new RoomId("office", "alice"), nothing)))
                .isEqualTo(shown(Map.of(P1, ALL, new RoomId("office", "bob"), nothing)));
    }

    @Test
    @Tag("SNAP6")
    @DisplayName("[SNAP6] capabilities for other rooms, other collections or a filter do not share a snapshot")
    void otherRows() {
        Visibility all = shown(Map.of(P1, ALL));
        Predicate<Row> filter = row -> true;
        Visibility filtered = Visibility.of(Set.of(TASKS, NOTES), Set.of(TASKS, NOTES), Map.of(TASKS, filter));

        assertThat(all)
                .isNotEqualTo(shown(Map.of(P2, ALL)))
                .isNotEqualTo(shown(Map.of(P1, ALL, P2, ALL)))
                .isNotEqualTo(shown(Map.of(P1, Visibility.of(Set.of(TASKS)))))
                .isNotEqualTo(shown(Map.of(P1, filtered)));
    }
}
