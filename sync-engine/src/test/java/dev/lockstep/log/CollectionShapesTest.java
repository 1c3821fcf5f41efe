package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.CollectionShapes.Shape;
import dev.lockstep.mutation.EngineFixture;
import dev.lockstep.mutation.MutationFixture;
import dev.lockstep.mutation.Results;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replay of a collection whose shape has changed. */
@OnEveryDatabase
class CollectionShapesTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");

    private final TestDatabase database;
    private final CollectionShapes shapes = new CollectionShapes(new ActionLog());

    CollectionShapesTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @BeforeEach
    void aRow() {
        assertThat(new EngineFixture(database).alone(MutationFixture.in("p1").inserts("sheets", "s", Map.of())))
                .matches(Results::isApplied);
    }

    private Map<String, Seq> startedWith(String sheets, String cards) {
        return database.transactions()
                .run(scope -> shapes.update(
                        scope.connection(),
                        List.of(
                                new Shape("workshop", new CollectionName("sheets"), sheets),
                                new Shape("office", new CollectionName("cards"), cards)),
                        List.of(),
                        1));
    }

    private Map<String, Seq> startedWithNew(String application, boolean withRows) {
        Shape added = new Shape(application, new CollectionName("tools"), "a");
        return database.transactions()
                .run(scope ->
                        shapes.update(scope.connection(), List.of(added), withRows ? List.of(added) : List.of(), 1));
    }

    private Seq floor() {
        return database.transactions().run(scope -> {
            StatementPipeline opening = new StatementPipeline(scope.connection());
            var highest = new Floors().highest(opening, Set.of(ROOM));
            opening.execute();
            return highest.value();
        });
    }

    private Seq head() {
        return database.transactions().run(scope -> new ActionLog().head(scope.connection()));
    }

    @Test
    @Tag("LOG11")
    @Tag("CR5")
    @DisplayName("[LOG11][CR5] the first start, and a start with equal shapes, leave the log unchanged")
    void same() {
        assertThat(startedWith("a", "b")).isEmpty();
        assertThat(startedWith("a", "b")).isEmpty();

        assertThat(floor()).isEqualTo(Seq.START);
        assertThat(head()).isEqualTo(new Seq(1));
    }

    @Test
    @Tag("ENT30")
    @DisplayName("[ENT30] a new collection whose table has rows makes the clients of a known application read anew")
    void rows() {
        assertThat(startedWithNew("workshop", true)).isEmpty(); // no client of the application can have a position
        startedWith("a", "b");
        assertThat(startedWithNew("office", false)).isEmpty();
        assertThat(head()).isEqualTo(new Seq(1));
    }

    @Test
    @Tag("ENT30")
    @DisplayName("[ENT30] the log does not have these rows, so that earlier positions cannot catch up")
    void rowsOfKnownApplication() {
        startedWith("a", "b");

        assertThat(startedWithNew("workshop", true)).containsExactly(Map.entry("workshop", new Seq(2)));
        assertThat(floor()).isEqualTo(new Seq(2)).isEqualTo(head());
        assertThat(startedWithNew("workshop", true)).isEmpty();
    }

    @Test
    @Tag("LOG11")
    @Tag("CR5")
    @DisplayName("[LOG11][CR5] with another shape earlier positions cannot catch up, and new ones can")
    void changed() {
        startedWith("a", "b");

        assertThat(startedWith("another", "b")).containsExactly(Map.entry("workshop", new Seq(2)));

        assertThat(floor()).isEqualTo(new Seq(2)).isEqualTo(head());
        assertThat(startedWith("another", "b")).isEmpty();
        assertThat(startedWith("another", "other")).containsOnlyKeys("office");
        assertThat(floor()).isEqualTo(new Seq(2));
    }
}
