package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.shape.CollectionShapes;
import dev.lockstep.sample.shape.CollectionShapes.Tour;
import dev.lockstep.sample.shape.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows whose collections are in tables of their own. */
@OnEveryDatabase
class ElementCollectionsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final Shape tours = CollectionShapes.all().findFirst().orElseThrow();
    private final TestDatabase database;
    private final EngineFixture engine;

    ElementCollectionsTest(TestDatabase database) {
        this.database = database.emptied().with(Tour.class);
        this.engine = new EngineFixture(this.database, TestDatabase.collectionsOf(Tour.class));
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

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "t" + i).toList();
    }

    private void insert(List<String> ids) {
        assertThat(engine.together(List.of(IN_ROOM.bulk(ids.stream()
                        .map(id -> MutationFixture.insertion(
                                "tours", id, Map.of("tags", List.of(id, "all"), "marks", List.of(2L, 1L))))
                        .toArray(Change[]::new)))))
                .allMatch(Results::isApplied);
    }

    private int statementsOfList(int rows) {
        int before = database.statementsSent();
        assertThat(engine.json("tours", "p1")).hasSize(rows).allMatch(row -> row.contains("\"marks\":[1,2]"));
        return database.statementsSent() - before;
    }

    @Test
    @Tag("ENT23")
    @DisplayName("[ENT23] a list reads the items of all rows with one query for each collection")
    void batched() {
        insert(ids(0, 3));
        int listOfFew = statementsOfList(3);
        insert(ids(3, 40));

        assertThat(statementsOfList(40)).isEqualTo(listOfFew);
    }

    private int statementsOfLock(List<String> ids) {
        EngineFixture.Locking locking = engine.lock("tours", ids);
        assertThat(locking.rows())
                .hasSize(ids.size())
                .allMatch(row -> row.row().json().contains("\"marks\":[1,2]"));
        return locking.statements();
    }

    @Test
    @Tag("ENT23")
    @DisplayName(
            "[ENT23] a write locks rows with the same number of queries for few and many, eager collections included")
    void locked() {
        insert(ids(0, 40));

        assertThat(statementsOfLock(ids(0, 40))).isEqualTo(statementsOfLock(ids(0, 3)));
    }
}
