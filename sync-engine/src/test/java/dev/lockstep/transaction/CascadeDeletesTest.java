package dev.lockstep.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.EntityId;
import dev.lockstep.api.Mutation;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.collection.row.Parent;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows that are deleted with the rows that application code deletes. */
@OnEveryDatabase
class CascadeDeletesTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final TestDatabase database;
    private final CollectionRegistry collections = TestDatabase.collections();

    CascadeDeletesTest(TestDatabase database) {
        this.database = database.emptied();
    }

    private void made(Mutation... mutations) {
        assertThat(new EngineFixture(database).together(mutations)).allMatch(Results::isApplied);
    }

    private List<String> descendants(String collection, String... ids) {
        CollectionModel model =
                collections.find("workshop", new CollectionName(collection)).orElseThrow();
        TreeSet<EntityId> wanted = new TreeSet<>();
        List.of(ids).forEach(id -> wanted.add(new EntityId(id)));
        return database.transactions().run(scope -> {
            RowRepository rows = new RowRepository(scope.entities());
            List<Parent> gone =
                    rows.images(model, wanted).values().stream().map(Parent::of).toList();
            return CascadeDeletes.of(rows, collections.references(), gone).childrenFirst().stream()
                    .map(this::id)
                    .toList();
        });
    }

    private String id(Object entity) {
        CollectionModel model = collections.find(entity.getClass()).orElseThrow();
        return RowImage.of(model, entity).id().value();
    }

    @Test
    @Tag("APP6")
    @DisplayName("[APP6] children come before their parents, without deleted ones and those of other rooms")
    void childrenFirst() {
        made(
                IN_ROOM.inserts("binders", "b", Map.of()),
                IN_ROOM.inserts("sheets", "s", Map.of("binder", "b")),
                IN_ROOM.inserts("remarks", "r1", Map.of("sheet", "s")),
                IN_ROOM.inserts("remarks", "r2", Map.of("replyTo", "r1", "sheet", "s")),
                IN_ROOM.inserts("remarks", "dead", Map.of("sheet", "s")),
                IN_ROOM.deletes("remarks", "dead"),
                MutationFixture.in("p2").inserts("remarks", "stray", Map.of("sheet", "s")));

        assertThat(descendants("binders", "b")).containsExactly("r2", "r1", "s");
    }

    @Test
    @Tag("APP6")
    @DisplayName("[APP6] circles end, and no row is its own descendant")
    void circles() {
        made(
                IN_ROOM.inserts("remarks", "r1", Map.of("replyTo", "r2")),
                IN_ROOM.inserts("remarks", "r2", Map.of("replyTo", "r1")),
                IN_ROOM.inserts("folders", "own", Map.of("inside", "own")),
                IN_ROOM.inserts("folders", "in", Map.of("inside", "own")));

        assertThat(descendants("remarks", "r1")).containsExactly("r2");
        assertThat(descendants("folders", "own", "in")).isEmpty();
    }

    @Test
    @Tag("APP6")
    @DisplayName("[APP6] rows that a foreign key holds in a circle clear their references before they are removed")
    void heldInCircle() {
        made(
                IN_ROOM.inserts("folders", "a", Map.of()),
                IN_ROOM.inserts("folders", "b", Map.of("inside", "a")),
                IN_ROOM.updates("folders", "a", Map.of("inside", "b")));
        CollectionModel folders =
                collections.find("workshop", new CollectionName("folders")).orElseThrow();
        database.transactions().run(scope -> {
            Object folder = scope.entities().find(folders.entity(), "a");
            CascadeDeletes family = CascadeDeletes.including(
                    new RowRepository(scope.entities()),
                    collections.references(),
                    RowImage.of(folders, folder),
                    folder);
            assertThat(family.clearReferences()).isTrue();
            scope.entities().flush();
            family.childrenFirst().forEach(scope.entities()::remove);
            return family;
        });

        assertThat(new EngineFixture(database).stored("folders", "id")).isEmpty();
    }
}
