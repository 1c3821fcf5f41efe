package dev.lockstep.collection.row;

import dev.lockstep.api.CollectionName;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.database.TestDatabase;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An empty database, and rows for it. */
abstract class RowRepositoryFixture {
    static final Instant EARLY = Instant.parse("2026-11-21T01:02:03.000001Z");

    final CollectionModel tasks = model("tasks");
    final TestDatabase database;
    private final EntityIds ids = new EntityIds(() -> EARLY, new Random(1));

    RowRepositoryFixture(TestDatabase database) {
        this.database = database.emptied();
    }

    static CollectionModel model(String name) {
        return TestDatabase.collections()
                .find("workshop", new CollectionName(name))
                .orElseThrow();
    }

    /** A row that is not stored yet, with an id that is greater than all before. */
    RowImage aRow(CollectionModel model, String room, Instant stamp, String field, @Nullable Object value) {
        Object entity = model.newEntity();
        model.named(field).orElseThrow().set(entity, value);
        return RowImage.of(model, entity).inserted(ids.next(), room, stamp);
    }

    RowImage aTask(String room, Instant stamp, String title) {
        return aRow(tasks, room, stamp, "title", title);
    }

    void store(RowImage... rows) {
        inRows(stored -> Arrays.asList(rows).forEach(stored::insert));
    }

    void inRows(Consumer<RowRepository> work) {
        database.transactions().run(scope -> {
            RowRepository rows = new RowRepository(scope.entities());
            work.accept(rows);
            rows.flush();
            return rows;
        });
    }

    void withLocked(RowImage image, Consumer<RowRepository> work) {
        inRows(rows -> {
            rows.lock(image.model(), new TreeSet<>(List.of(image.id())));
            work.accept(rows);
        });
    }
}
