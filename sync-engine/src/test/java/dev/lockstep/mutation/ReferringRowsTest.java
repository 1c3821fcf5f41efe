package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.sample.shape.InverseShapes;
import dev.lockstep.sample.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deletes of rows to which other rows refer, where the entities of both are read. */
@OnEveryDatabase
class ReferringRowsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final TestDatabase database;

    ReferringRowsTest(TestDatabase database) {
        this.database = database;
    }

    /** The tests, for a parent and its children. */
    abstract class Tests {
        private final Shape shape;
        private final String parents;
        private final String many;
        private final String one;
        final EngineFixture engine;

        /**
         * @param many the collection of the children of which a parent has many
         * @param one the collection of the children of which a parent has one
         */
        Tests(Shape shape, String many, String one) {
            this.shape = shape;
            this.parents = shape.collection();
            this.many = many;
            this.one = one;
            Class<?>[] entities = shape.entities().toArray(Class<?>[]::new);
            engine = new EngineFixture(database.emptied().with(entities), TestDatabase.collectionsOf(entities));
        }

        @BeforeEach
        void make() {
            drop();
            shape.before().forEach(database::execute);
            assertThat(engine.alone(IN_ROOM.bulk(
                            insertion(parents, "a", Map.of("title", "a")),
                            insertion(parents, "b", Map.of("title", "b")),
                            insertion(many, "m", Map.of("parent", "a")),
                            insertion(one, "o", Map.of("parent", "a")))))
                    .matches(Results::isApplied);
        }

        @AfterEach
        void drop() {
            shape.after().forEach(database::execute);
        }

        private static List<String> issues(MutationResult answer) {
            Refusal refusal = Results.refused(answer).refusal();
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
            return refusal.issues().stream()
                    .map(issue -> issue.path() + ": " + issue.message())
                    .toList();
        }

        private void assertStored(String... rows) {
            assertThat(List.of(parents, many, one))
                    .flatExtracting(collection -> engine.list(collection, "p1").stream()
                            .map(row -> row.id().value())
                            .toList())
                    .containsExactlyInAnyOrder(rows);
        }

        @Test
        @Tag("MUT21")
        @DisplayName("[MUT21] a row to which others refer cannot be deleted, also where its entity holds them")
        void alone() {
            assertThat(issues(engine.alone(IN_ROOM.deletes(parents, "a"))))
                    .containsExactly("id: cannot be deleted: other rows still refer to it");
            assertThat(issues(engine.alone(IN_ROOM.bulk(deletion(parents, "b"), deletion(parents, "a")))))
                    .containsExactly("1.id: cannot be deleted: other rows still refer to it");
            assertStored("a", "b", "m", "o");
        }

        @Test
        @Tag("MUT21")
        @DisplayName("[MUT21] a mutation that changes a row and deletes its parent is refused by the field")
        void inOneMutation() {
            assertThat(engine.alone(IN_ROOM.deletes(one, "o"))).matches(Results::isApplied);
            assertThat(issues(engine.alone(
                            IN_ROOM.bulk(updating(many, "m", Map.of("title", "new")), deletion(parents, "a")))))
                    .containsExactly("0.parent: refers to a row that does not exist");
            assertThat(issues(engine.alone(
                            IN_ROOM.bulk(deletion(parents, "a"), updating(many, "m", Map.of("title", "new"))))))
                    .containsExactly("1.parent: refers to a row that does not exist");
            assertStored("a", "b", "m");
        }

        @Test
        @Tag("MUT21")
        @DisplayName("[MUT21] in one batch, the change of the row is applied and the delete of its parent is refused")
        void inOneBatch() {
            List<MutationResult> answers = engine.together(
                    IN_ROOM.updates(many, "m", Map.of("title", "new")),
                    IN_ROOM.deletes(parents, "a"),
                    IN_ROOM.updates(parents, "b", Map.of("title", "new")));

            assertThat(answers).extracting(Results::isApplied).containsExactly(true, false, true);
            assertThat(issues(answers.get(1))).containsExactly("id: cannot be deleted: other rows still refer to it");
            assertStored("a", "b", "m", "o");
            assertThat(engine.json(many, "p1")).singleElement().asString().contains("\"title\":\"new\"");
        }

        @Test
        @Tag("MUT3")
        @DisplayName("[MUT3] a row is deleted, though the entity of its parent holds it")
        void child() {
            assertThat(engine.alone(IN_ROOM.deletes(many, "m"))).matches(Results::isApplied);
            assertStored("a", "b", "o");
            assertThat(engine.alone(IN_ROOM.deletes(one, "o"))).matches(Results::isApplied);
            assertStored("a", "b");
        }

        @Test
        @Tag("MUT3")
        @DisplayName("[MUT3] a row is deleted in the mutation that changes its parent")
        void childOfAChangedParent() {
            assertThat(engine.alone(IN_ROOM.bulk(updating(parents, "a", Map.of("title", "new")), deletion(one, "o"))))
                    .matches(Results::isApplied);
            assertStored("a", "b", "m");
            assertThat(engine.alone(IN_ROOM.bulk(updating(parents, "a", Map.of("title", "old")), deletion(many, "m"))))
                    .matches(Results::isApplied);
            assertStored("a", "b");
        }

        @Test
        @Tag("MUT3")
        @DisplayName("[MUT3] a row is deleted in the mutation that moves its children to another row")
        void moved() {
            assertThat(engine.alone(IN_ROOM.bulk(
                            updating(many, "m", Map.of("parent", "b")),
                            updating(one, "o", Map.of("parent", "b")),
                            deletion(parents, "a"))))
                    .matches(Results::isApplied);
            assertStored("b", "m", "o");
        }

        @Test
        @Tag("MUT3")
        @DisplayName("[MUT3] rows are deleted together with the rows that refer to them, and others are inserted")
        void together() {
            assertThat(engine.together(
                            IN_ROOM.updates(parents, "b", Map.of("title", "new")),
                            IN_ROOM.deletes(many, "m"),
                            IN_ROOM.inserts(many, "n", Map.of("parent", "b")),
                            IN_ROOM.inserts(one, "q", Map.of("parent", "b"))))
                    .allMatch(Results::isApplied);
            assertStored("a", "b", "o", "n", "q");
            assertThat(engine.alone(IN_ROOM.bulk(deletion(parents, "b"), deletion(many, "n"), deletion(one, "q"))))
                    .matches(Results::isApplied);
            assertStored("a", "o");
        }
    }

    @Nested
    @DisplayName("relations without a cascade")
    class Albums extends Tests {
        Albums() {
            super(InverseShapes.albums(), "photos", "covers");
        }
    }

    @Nested
    @DisplayName("relations of which both sides persist the other")
    class Shelves extends Tests {
        Shelves() {
            super(InverseShapes.shelves(), "books", "plates");
        }

        @Test
        @Tag("ENT4")
        @DisplayName(
                "[ENT4] a write locks rows with the same number of queries for few and many, eager relations included")
        void locked() {
            int few = engine.lock("books", List.of("m")).statements();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                assertThat(engine.alone(IN_ROOM.bulk(
                                insertion("shelves", "s" + i, Map.of()),
                                insertion("books", "b" + i, Map.of("parent", "s" + i)))))
                        .matches(Results::isApplied);
                ids.add("b" + i);
            }

            assertThat(engine.lock("books", ids).statements()).isEqualTo(few);
        }
    }
}
