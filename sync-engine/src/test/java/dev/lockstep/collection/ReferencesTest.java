package dev.lockstep.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.CollectionName;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.Binder;
import dev.lockstep.sample.odd.Adopted;
import dev.lockstep.sample.odd.Stray;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values of {@code @BelongsTo}. */
class ReferencesTest {
    private static CollectionModel model(String name) {
        return TestDatabase.collections()
                .find("workshop", new CollectionName(name))
                .orElseThrow();
    }

    @Test
    @Tag("COL14")
    @DisplayName("[COL14] only references with cascading deletes count")
    void goWithParent() {
        CollectionRegistry collections = TestDatabase.collections();
        CollectionModel binders =
                collections.find("workshop", new CollectionName("binders")).orElseThrow();

        assertThat(collections.references().to(binders))
                .extracting(reference -> reference.child().name().value())
                .containsExactly("sheets");
    }

    @Test
    @Tag("COL14")
    @DisplayName("[COL14] a value that cannot be an id refers to no row")
    void noId() {
        assertThat(Reference.parent(null)).isEmpty();
        assertThat(Reference.parent("")).isEmpty();
        assertThat(Reference.parent("x".repeat(256))).isEmpty();
        assertThat(Reference.parent("x")).isPresent();
        assertThat(model("remarks").named("replyTo").flatMap(FieldModel::belongsTo))
                .isPresent();
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a parent that is not a collection of the application")
    void stray() {
        assertThatThrownBy(() -> new CollectionRegistry(List.of(Stray.class, dev.lockstep.office.Task.class)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessage(Stray.class.getName()
                        + " has the field 'task' with @BelongsTo(Task), which is not a collection of 'workshop': name an"
                        + " entity of the same application with @SyncCollection.");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] a child that cannot live in its parent's room")
    void twoRooms() {
        assertThatThrownBy(() -> new CollectionRegistry(List.of(Adopted.class, Binder.class)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessage(Adopted.class.getName() + " is deleted with its parent " + Binder.class.getName()
                        + ", but only one of them has a @RoomColumn: a child is in its parent's"
                        + " room, so give both one, or neither, or use onDelete = KEEP.");
    }
}
