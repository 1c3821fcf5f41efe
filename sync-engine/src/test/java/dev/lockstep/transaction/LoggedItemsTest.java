package dev.lockstep.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.RowImage;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.LogEntry;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import dev.lockstep.sample.shape.CollectionShapes;
import dev.lockstep.sample.shape.CollectionShapes.Tour;
import dev.lockstep.sample.shape.Shape;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The items of rows in the log of an application's transaction. */
@OnEveryDatabase
class LoggedItemsTest {
    private final Shape tours = CollectionShapes.all().findFirst().orElseThrow();
    private final CollectionRegistry collections = TestDatabase.collectionsOf(Tour.class);
    private final TestDatabase database;
    private final EngineFixture engine;

    LoggedItemsTest(TestDatabase database) {
        this.database = database.emptied().with(Tour.class);
        this.engine = new EngineFixture(this.database, collections);
    }

    @BeforeEach
    void make() {
        tours.after().forEach(database::execute);
        tours.before().forEach(database::execute);
    }

    @AfterEach
    void drop() {
        tours.after().forEach(database::execute);
    }

    @Test
    @Tag("ENT23")
    @DisplayName("[ENT23] the row before a delete has its items, which the transaction has not loaded")
    void lazy() {
        assertThat(engine.alone(MutationFixture.in("p1").inserts("tours", "t", Map.of("tags", List.of("red", "blue")))))
                .matches(Results::isApplied);
        CollectionModel model = collections.all().iterator().next();
        ApplicationTransaction transaction = new ApplicationTransaction(Instant.parse("2026-11-21T02:02:03Z"));
        database.transactions().run(scope -> {
            Object tour = scope.entities().find(Tour.class, "t");
            transaction.loaded(tour, RowImage.ofLoaded(model, tour));
            transaction.removed(tour);
            scope.entities().remove(tour);
            CommitSynchronization completion =
                    new CommitSynchronization(transaction, scope.entities(), collections, new ActionLog());
            completion.flush();
            completion.append(scope.connection());
            return completion;
        });

        LogEntry deleted = engine.commits().getLast().actions().getLast().entry();
        assertThat(deleted.rowAfter()).isEmpty();
        assertThat(deleted.rowBefore())
                .hasValueSatisfying(row -> assertThat(row).contains("\"tags\":[\"blue\",\"red\"]"));
    }
}
