package dev.lockstep.collection.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.database.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ListPositionTest {
    private final CollectionModel tasks = model("tasks");
    private final CollectionModel tools = model("tools");

    private static CollectionModel model(String name) {
        return TestDatabase.collections()
                .find("workshop", new CollectionName(name))
                .orElseThrow();
    }

    private static ListPosition placeIn(CollectionModel model) {
        RowImage row = RowImage.of(model, model.newEntity())
                .inserted(new EntityId("\u00e4\"7"), "p1", Instant.parse("2026-11-21T01:02:03.000004Z"));
        return ListPosition.of(row);
    }

    @Test
    @Tag("CFS13")
    @DisplayName("[CFS13] a position is read back from its text unchanged: times with microseconds, null as null")
    void thereAndBack() {
        assertThat(ListPosition.read(tasks, placeIn(tasks).text(tasks))).isEqualTo(placeIn(tasks));
        assertThat(ListPosition.read(tools, placeIn(tools).text(tools))).isEqualTo(placeIn(tools));
    }

    @Test
    @Tag("CFS13")
    @DisplayName("[CFS13] a text that is no position in the list is refused")
    void noPlace() {
        for (String json :
                new String[] {"", "{}", "[]", "[1]", "[[1],\"a\"]", "[true,\"a\"]", "[\"x\",\"a\"]", "[null"}) {
            String text = Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> ListPosition.read(tasks, text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> ListPosition.read(tasks, "%%%")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ListPosition.read(tools, placeIn(tasks).text(tasks)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
