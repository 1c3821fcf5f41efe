package dev.lockstep.collection.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.entity.Loading;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.collection.mapping.ApplicationPackages;
import dev.lockstep.collection.wrong.capitals.Shouted;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.Binder;
import dev.lockstep.sample.Card;
import dev.lockstep.sample.Club;
import dev.lockstep.sample.Errand;
import dev.lockstep.sample.Folder;
import dev.lockstep.sample.Locker;
import dev.lockstep.sample.Parcel;
import dev.lockstep.sample.Remark;
import dev.lockstep.sample.Sheet;
import dev.lockstep.sample.Slot;
import dev.lockstep.sample.Step;
import dev.lockstep.sample.Task;
import dev.lockstep.sample.TaskLabel;
import dev.lockstep.sample.Ticket;
import dev.lockstep.sample.Tool;
import dev.lockstep.sample.odd.TaskAgain;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CollectionRegistryTest {
    private final CollectionRegistry collections = TestDatabase.collections();

    @Test
    @Tag("COL11")
    @DisplayName("[COL11] two applications may have collections of one name, each with its own rows")
    void sameNameTwice() {
        CollectionName tasks = new CollectionName("tasks");

        assertThat(collections.applications()).containsExactly("office", "workshop");
        assertThat(collections.find("workshop", tasks))
                .map(CollectionModel::entity)
                .contains(Task.class);
        assertThat(collections.find("office", tasks))
                .map(CollectionModel::entity)
                .contains(dev.lockstep.office.Task.class);
    }

    @Test
    @Tag("COL11")
    @DisplayName("[COL11] an application does not see the collections of another")
    void onlyItsOwn() {
        assertThat(collections.of("workshop"))
                .extracting(CollectionModel::entity)
                .containsExactly(
                        Binder.class,
                        Card.class,
                        Club.class,
                        Errand.class,
                        Folder.class,
                        Locker.class,
                        Parcel.class,
                        Remark.class,
                        Sheet.class,
                        Slot.class,
                        Step.class,
                        Task.class,
                        TaskLabel.class,
                        Ticket.class,
                        Tool.class);
        assertThat(collections.find("office", new CollectionName("tools"))).isEmpty();
        assertThat(collections.of("unheard-of")).isEmpty();
    }

    @Test
    @Tag("COL11")
    @DisplayName("[COL11] a class below an application's package belongs to the application")
    void packagesBelow() {
        assertThat(ApplicationPackages.nameOf(Task.Priority.class)).isEqualTo("workshop");
        assertThat(ApplicationPackages.nameOf(dev.lockstep.sample.odd.Deeper.class))
                .isEqualTo("workshop");
        assertThat(ApplicationPackages.of(String.class)).isEmpty();
    }

    @Test
    @Tag("COL8")
    @DisplayName("[COL8] rows without a room column live in the shared room")
    void roomOfRows() {
        RoomId asked = new RoomId("workshop", "p1");

        assertThat(model("tasks").roomOf(asked)).isEqualTo(asked);
        assertThat(model("tools").roomOf(asked)).isEqualTo(RoomId.shared("workshop"));
    }

    @Test
    @Tag("COL22")
    @DisplayName("[COL22] rows are loaded at the start, or by id and the named keys")
    void loading() {
        assertThat(model("tasks").loading()).isEqualTo(Loading.Strategy.INSTANT);
        assertThat(model("tasks").indexedKeys()).isEmpty();
        assertThat(model("errands").loading()).isEqualTo(Loading.Strategy.PARTIAL);
        assertThat(model("errands").indexedKeys()).containsExactlyInAnyOrder("id", "project");
    }

    private CollectionModel model(String name) {
        return collections.find("workshop", new CollectionName(name)).orElseThrow();
    }

    @Test
    @Tag("COL11")
    @DisplayName("[COL11] an application may have entities without @SyncCollection only")
    void withoutCollections() {
        CollectionRegistry registry = new CollectionRegistry(List.of(String.class, Task.Priority.class));

        assertThat(registry.applications()).containsExactly("workshop");
        assertThat(registry.of("workshop")).isEmpty();
        assertThat(registry.all()).isEmpty();
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] two collections of one application cannot share a name")
    void nameTwice() {
        assertThatThrownBy(() -> new CollectionRegistry(List.of(Task.class, TaskAgain.class)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContainingAll(
                        Task.class.getName(), TaskAgain.class.getName(), "both the collection 'tasks'", "rename one.");
    }

    @Test
    @Tag("COL10")
    @DisplayName("[COL10] an application's name must fit into a path")
    void applicationName() {
        assertThatThrownBy(() -> new CollectionRegistry(List.of(Shouted.class)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessage("dev.lockstep.collection.wrong.capitals has @SyncApplication(\"LOUD\"): a name is 1 to 64"
                        + " lower-case letters, digits or '-'.");
    }
}
