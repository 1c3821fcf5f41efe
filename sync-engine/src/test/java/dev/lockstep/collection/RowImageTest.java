package dev.lockstep.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.database.TestDatabase;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RowImageTest {
    private static final Instant BORN = Instant.parse("2026-11-21T01:02:03.004005Z");
    private static final Instant LATER = BORN.plusSeconds(1);

    private static CollectionModel model(String name) {
        return TestDatabase.collections()
                .find("workshop", new CollectionName(name))
                .orElseThrow();
    }

    private static RowImage aRow(CollectionModel model) {
        return RowImage.of(model, model.newEntity()).inserted(new EntityId("i"), "p1", BORN);
    }

    private static RowImage with(RowImage row, String field, @Nullable Object value) {
        Map<FieldModel, @Nullable Object> change = new HashMap<>();
        change.put(row.model().named(field).orElseThrow(), value);
        return row.changed(change, LATER);
    }

    @Test
    @Tag("COL1")
    @DisplayName("[COL1] without a stated order: id, own fields as declared, timestamps; absent values are null")
    void usualOrder() {
        assertThat(aRow(model("tasks")).row().json())
                .isEqualTo("{\"id\":\"i\",\"project\":\"p1\",\"title\":null,\"effort\":3,\"priority\":null,"
                        + "\"dueAt\":null,\"createdAt\":\"2026-11-21T01:02:03.004Z\","
                        + "\"updatedAt\":\"2026-11-21T01:02:03.004Z\"}");
    }

    @Test
    @Tag("COL1")
    @DisplayName("[COL1] the stated order is kept")
    void statedOrder() {
        assertThat(with(aRow(model("tools")), "name", "saw").row().json())
                .isEqualTo("{\"name\":\"saw\",\"id\":\"i\",\"serial\":null,\"weight\":null,"
                        + "\"createdAt\":\"2026-11-21T01:02:03.004Z\"}");
    }

    @Test
    @Tag("COL1")
    @DisplayName("[COL1] changed fields are listed by name in JSON order, without hidden ones")
    void changedFields() {
        RowImage before = aRow(model("tasks"));
        RowImage same = with(before, "effort", 3);
        RowImage after = with(with(before, "title", "t"), "secret", "s");

        assertThat(same.changedSince(before)).containsExactly("updatedAt");
        assertThat(after.changedSince(before)).containsExactly("title", "updatedAt");
    }

    @Test
    @Tag("COL5")
    @DisplayName("[COL5] a row changes in the given fields and its time; the image before stays unchanged")
    void changes() {
        RowImage before = aRow(model("tasks"));
        RowImage after = with(before, "title", "t");

        assertThat(after.row().json())
                .contains("\"title\":\"t\",\"effort\":3")
                .contains("\"createdAt\":\"2026-11-21T01:02:03.004Z\",\"updatedAt\":\"2026-11-21T01:02:04.004Z\"");
        assertThat(before.row().json()).contains("\"title\":null");
    }

    @Test
    @Tag("COL6")
    @DisplayName("[COL6] a softly deleted row is marked as deleted")
    void softlyDeleted() {
        RowImage row = aRow(model("tasks"));

        assertThat(row.isDeleted()).isFalse();
        assertThat(row.deleted(LATER).isDeleted()).isTrue();
    }

    @Test
    @Tag("COL8")
    @DisplayName("[COL8] a row is in its own room; one without a room column is in any")
    void rooms() {
        assertThat(aRow(model("tasks")).isIn("p1")).isTrue();
        assertThat(aRow(model("tasks")).isIn("p2")).isFalse();
        assertThat(aRow(model("tools")).isIn("p2")).isTrue();
    }

    @Test
    @Tag("COL20")
    @DisplayName("[COL20] an application's row has the id of its key; without a text in each key field it has none")
    void compositeId() {
        CollectionModel model = model("TaskLabel");
        Object row = model.newEntity();
        model.named("taskId").orElseThrow().set(row, "604caed6-97b7-414d-aedd-288bf398fb61");
        EntityIds ids = new EntityIds(() -> BORN, new Random(1));

        assertThatThrownBy(() -> ServerFields.assign(model, row, ids, BORN))
                .hasMessage("a row of 'TaskLabel' needs a text in each of [taskId, labelId]");
        model.named("labelId").orElseThrow().set(row, "0b5b0c39-6aed-46d4-9fc5-e85ccf8eed89");
        ServerFields.assign(model, row, ids, BORN);
        assertThat(RowImage.of(model, row).id()).hasToString("6ec0488f-0433-5b59-87f5-c77341151bbf");
    }

    @Test
    @Tag("COL21")
    @DisplayName("[COL21] an application may set the creation time of a row")
    void createdAt() {
        CollectionModel model = model("errands");
        FieldModel createdAt = model.named("createdAt").orElseThrow();
        EntityIds ids = new EntityIds(() -> BORN, new Random(1));
        Object dated = model.newEntity();
        createdAt.set(dated, LATER.plusNanos(1_999));
        Object undated = model.newEntity();

        ServerFields.assign(model, dated, ids, BORN);
        ServerFields.assign(model, undated, ids, BORN);
        assertThat(createdAt.get(dated)).isEqualTo(LATER.plusNanos(1_000));
        assertThat(createdAt.get(undated)).isEqualTo(BORN);
    }

    @Test
    @Tag("COL24")
    @DisplayName("[COL24] an application inserts a row that is a room into that room")
    void ownRoom() {
        CollectionModel model = model("clubs");
        Object row = model.newEntity();
        ServerFields.assignRoom(model, row, "hikers", RowImageTest::noReference);

        assertThat(RowImage.of(model, row).id()).hasToString("hikers");
        ServerFields.assignRoom(model, row, "hikers", RowImageTest::noReference);
        assertThatThrownBy(() -> ServerFields.assignRoom(model, row, "divers", RowImageTest::noReference))
                .hasMessage("row 'hikers' of 'clubs' is a room of its own: insert it into that room");
    }

    private static Object noReference(Class<?> type, Object id) {
        throw new AssertionError("the room is no relation");
    }
}
