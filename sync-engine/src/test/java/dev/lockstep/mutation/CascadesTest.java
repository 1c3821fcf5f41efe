package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.Results.applied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Operation;
import dev.lockstep.api.Row;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Commit;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that are deleted with their parents. */
@OnEveryDatabase
class CascadesTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final TestDatabase database;
    private final EngineFixture engine;

    CascadesTest(TestDatabase database) {
        this.database = database;
        engine = new EngineFixture(database.emptied());
    }

    private static Mutation binder(String id) {
        return IN_ROOM.inserts("binders", id, Map.of());
    }

    private static Mutation sheet(String id, String binder) {
        return IN_ROOM.inserts("sheets", id, Map.of("binder", binder));
    }

    private static Mutation remark(String id, String sheet) {
        return IN_ROOM.inserts("remarks", id, Map.of("sheet", sheet));
    }

    private static Mutation reply(String id, String to) {
        return IN_ROOM.inserts("remarks", id, Map.of("replyTo", to));
    }

    private static Mutation folder(String id, Map<String, Object> inside) {
        return IN_ROOM.inserts("folders", id, Map.copyOf(inside));
    }

    /** A binder with two sheets, a remark on one of them, and a reply to that. */
    private void aBinder() {
        allApplied(binder("b"), sheet("s1", "b"), sheet("s2", "b"), remark("r1", "s1"), reply("r2", "r1"));
    }

    private List<MutationResult> allApplied(Mutation... mutations) {
        List<MutationResult> answers = engine.together(mutations);
        assertThat(answers).allMatch(Results::isApplied);
        return answers;
    }

    private static List<String> actions(Commit commit) {
        return commit.actions().stream()
                .map(action -> action.entry().kind() + " " + action.entry().entityId())
                .toList();
    }

    private List<String> ids(String collection) {
        return engine.list(collection, "p1").stream()
                .map(row -> row.id().value())
                .sorted()
                .toList();
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a duplicate delete gets the first answer, whatever was deleted with its row")
    void sentAgain() {
        aBinder();
        Mutation delete = IN_ROOM.identified("m")
                .bulk(deletion("remarks", "r1"), deletion("remarks", "never"), deletion("binders", "b"));
        MutationResult first = allApplied(delete).getFirst();

        assertThat(applied(first).rows().stream().map(Optional::isPresent)).containsExactly(true, false, true);
        assertThat(engine.alone(delete)).isEqualTo(Results.again(first));
    }

    @Test
    @Tag("MUT19")
    @DisplayName("[MUT19] an id in use is refused, even if the same batch deletes its row later")
    void takenAndGone() {
        allApplied(binder("b"), binder("other"), sheet("s1", "other"));

        List<MutationResult> answers = engine.together(sheet("s1", "b"), IN_ROOM.deletes("binders", "b"));

        assertThat(Results.code(answers.getFirst())).isEqualTo(ErrorCode.IN_USE);
        assertThat(ids("sheets")).containsExactly("s1");
    }

    @Test
    @Tag("MUT14")
    @DisplayName(
            "[MUT14] a row's children and their children are deleted with it, each by an action of the same commit")
    void cascade() {
        aBinder();
        MutationResult answer = allApplied(IN_ROOM.deletes("binders", "b")).getFirst();

        assertThat(applied(answer).rows()).hasSize(1);
        Commit commit = engine.commits().getLast();
        assertThat(actions(commit)).containsExactly("DELETE b", "DELETE s1", "DELETE s2", "DELETE r1", "DELETE r2");
        assertThat(commit.actions())
                .extracting(action -> action.entry().stampMicros())
                .containsOnly(commit.actions().getFirst().entry().stampMicros());
        assertThat(commit.actions())
                .allMatch(action -> action.entry().rowBefore().isPresent());
        assertThat(ids("remarks")).isEmpty();
        assertThat(engine.stored("remarks", "id")).containsExactly("r1", "r2");
        assertThat(engine.stored("sheets", "id")).isEmpty();
    }

    @Test
    @Tag("MUT14")
    @DisplayName("[MUT14] a bulk delete deletes the children of all its rows; rows that it names keep their answers")
    void bulk() {
        aBinder();
        allApplied(binder("c"), sheet("s3", "c"), sheet("s4", "c"));
        Mutation bulk = new Mutation(
                IN_ROOM.bulk(deletion("binders", "b")).caller(),
                IN_ROOM.room(),
                Operation.BULK_DELETE,
                List.of(deletion("binders", "b"), deletion("sheets", "s2"), deletion("binders", "c")),
                Optional.of("label"),
                IN_ROOM.identified("once").id());
        List<MutationResult> answers = allApplied(bulk, bulk);
        MutationResult again = engine.alone(bulk);

        assertThat(applied(answers.getFirst()).rows())
                .extracting(row -> row.map(Row::id).orElseThrow().value())
                .containsExactly("b", "s2", "c");
        assertThat(again).isEqualTo(Results.again(answers.getFirst())).isEqualTo(answers.get(1));
        Commit commit = engine.commits().getLast();
        assertThat(actions(commit))
                .containsExactly(
                        "DELETE b",
                        "DELETE s2",
                        "DELETE c",
                        "DELETE s1",
                        "DELETE s3",
                        "DELETE s4",
                        "DELETE r1",
                        "DELETE r2");
        assertThat(commit.actions())
                .extracting(action -> action.entry().scope().isPresent())
                .containsExactly(true, true, true, false, false, false, false, false);
    }

    @Test
    @Tag("MUT14")
    @DisplayName("[MUT14] trees are deleted from their leaves, as foreign keys require; circles end")
    void trees() {
        allApplied(
                folder("a", Map.of()),
                folder("b", Map.of("inside", "a")),
                folder("c", Map.of("inside", "b")),
                folder("d", Map.of("inside", "a")),
                folder("own", Map.of("inside", "own")),
                reply("r1", "r2"),
                reply("r2", "r1"));
        allApplied(
                IN_ROOM.deletes("folders", "d"),
                IN_ROOM.deletes("folders", "a"),
                IN_ROOM.deletes("folders", "own"),
                IN_ROOM.deletes("remarks", "r1"));

        assertThat(engine.stored("folders", "id")).isEmpty();
        assertThat(engine.commits().reversed().stream().limit(4).map(CascadesTest::actions))
                .containsExactly(
                        List.of("DELETE r1", "DELETE r2"),
                        List.of("DELETE own"),
                        List.of("DELETE a", "DELETE b", "DELETE c"),
                        List.of("DELETE d"));
    }

    @Test
    @Tag("MUT14")
    @DisplayName("[MUT14] children are those that earlier mutations of the batch have left")
    void asTheGroupLeftThem() {
        aBinder();
        allApplied(binder("c"), sheet("s3", "c"), remark("r3", "s3"), reply("r4", "r3"));
        allApplied(
                IN_ROOM.updates("sheets", "s1", Map.of("binder", "c")),
                IN_ROOM.deletes("sheets", "s2"),
                sheet("s5", "b"),
                remark("r5", "s5"),
                IN_ROOM.updates("remarks", "r4", Map.of("replyTo", "r5")),
                IN_ROOM.updates("sheets", "s3", Map.of("binder", "b")),
                IN_ROOM.deletes("binders", "b"));

        assertThat(actions(engine.commits().getLast()))
                .containsExactlyInAnyOrder("DELETE b", "DELETE s3", "DELETE s5", "DELETE r3", "DELETE r5", "DELETE r4")
                .startsWith("DELETE b");
        assertThat(ids("sheets")).containsExactly("s1");
        assertThat(ids("remarks")).containsExactly("r1", "r2");
    }

    @Test
    @Tag("MUT14")
    @DisplayName("[MUT14] a refused mutation keeps the children as well")
    void refused() {
        aBinder();
        MutationResult refused = engine.alone(
                IN_ROOM.bulk(deletion("binders", "b"), MutationFixture.insertion("remarks", "r1", Map.of())));

        assertThat(Results.code(refused)).isEqualTo(ErrorCode.IN_USE);
        assertThat(ids("sheets")).containsExactly("s1", "s2");
        assertThat(ids("remarks")).containsExactly("r1", "r2");
    }

    @Test
    @Tag("COL14")
    @DisplayName("[COL14] a row of another room is not deleted, even if it holds the parent's id")
    void anotherRoom() {
        aBinder();
        engine.alone(MutationFixture.in("p2").inserts("remarks", "stray", Map.of("sheet", "s1")));
        allApplied(IN_ROOM.deletes("sheets", "s1"));

        assertThat(engine.list("remarks", "p2")).hasSize(1);
        assertThat(ids("remarks")).isEmpty();
    }

    @Test
    @Tag("COL14")
    @DisplayName("[COL14] children that outlive their parent are unchanged")
    void kept() {
        allApplied(binder("b"), IN_ROOM.inserts("remarks", "r", Map.of("about", "b")), IN_ROOM.deletes("binders", "b"));

        assertThat(ids("remarks")).containsExactly("r");
        assertThat(actions(engine.commits().getLast())).containsExactly("DELETE b");
    }

    private void manyRemarks(String sheet, int many) {
        manyRemarks("p1", sheet, many);
    }

    private void manyRemarks(String room, String sheet, int many) {
        StringBuilder sql = new StringBuilder(
                "insert into workshop_remarks (id, project, sheet, created_at, updated_at)" + " values ");
        for (int i = 0; i < many; i++) {
            sql.append(i == 0 ? "" : ",")
                    .append("('" + room + sheet + "-" + i + "', '" + room + "', '" + sheet + "', ");
            sql.append("current_timestamp, current_timestamp)");
        }
        database.transactions().run(scope -> {
            try (Statement statement = scope.connection().createStatement()) {
                return statement.executeUpdate(sql.toString());
            }
        });
    }

    @Test
    @Tag("MUT15")
    @DisplayName("[MUT15] a delete with more children than a mutation may have changes is refused as TOO_LARGE")
    void tooMany() {
        allApplied(binder("b"), sheet("s1", "b"), sheet("s2", "b"));
        manyRemarks("s1", Mutation.CHANGES_MAX);
        assertThat(Results.refused(engine.alone(IN_ROOM.deletes("binders", "b")))
                        .refusal())
                .satisfies(refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_LARGE);
                    assertThat(refusal.message())
                            .isEqualTo("More than 10000 rows would go with it; delete some of them first");
                });
        manyRemarks("s2", Mutation.CHANGES_MAX + 1);
        List<MutationResult> answers =
                engine.together(IN_ROOM.deletes("sheets", "s2"), IN_ROOM.deletes("sheets", "s1"));

        assertThat(Results.code(answers.getFirst())).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(Results.isApplied(answers.get(1))).isTrue();
        assertThat(ids("remarks")).hasSize(Mutation.CHANGES_MAX + 1);
        assertThat(engine.commits().getLast().actions()).hasSize(Mutation.CHANGES_MAX + 1);
    }

    @Test
    @Tag("MUT15")
    @DisplayName("[MUT15] rows of other rooms do not count, whatever they hold")
    void manyElsewhere() {
        allApplied(IN_ROOM.inserts("sheets", "s1", Map.of()), remark("r1", "s1"));
        manyRemarks("p2", "s1", Mutation.CHANGES_MAX + 1);
        allApplied(IN_ROOM.deletes("sheets", "s1"), MutationFixture.in("p2").deletes("remarks", "p2s1-0"));

        assertThat(ids("remarks")).isEmpty();
        assertThat(engine.list("remarks", "p2")).hasSize(Mutation.CHANGES_MAX);
    }

    /** Fixed seeds, and a new one: its number is in the test's name. */
    static LongStream seeds() {
        return LongStream.of(1, 2, System.nanoTime());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @Tag("MUT14")
    @DisplayName("[MUT14] batches of any size leave the same rows as single mutations")
    void agrees(long seed) {
        Random random = new Random(seed);
        Map<String, String> parents = new TreeMap<>();
        int made = 0;
        for (int batch = 0; batch < 10; batch++) {
            List<Mutation> mutations = new ArrayList<>();
            for (int i = 1 + random.nextInt(20); i > 0; i--) {
                String parent = "r" + random.nextInt(made + 3);
                String id = "r" + random.nextInt(made + 1);
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        String next = "r" + made++;
                        mutations.add(reply(next, parent));
                        parents.put(next, parent);
                    }
                    case 2, 3 -> {
                        mutations.add(IN_ROOM.updates("remarks", id, Map.of("replyTo", parent)));
                        parents.computeIfPresent(id, (same, old) -> parent);
                    }
                    default -> {
                        mutations.add(IN_ROOM.deletes("remarks", id));
                        deleteWithReplies(parents, id);
                    }
                }
            }
            allApplied(mutations.toArray(new Mutation[0]));
            assertThat(ids("remarks")).containsExactlyElementsOf(new TreeSet<>(parents.keySet()));
            assertThat(engine.replayed("remarks", "p1").keySet()).isEqualTo(parents.keySet());
        }
    }

    private static void deleteWithReplies(Map<String, String> parents, String id) {
        if (parents.remove(id) != null) {
            List<String> replies = parents.keySet().stream()
                    .filter(reply -> id.equals(parents.get(reply)))
                    .toList();
            replies.forEach(reply -> deleteWithReplies(parents, reply));
        }
    }

    private static Mutation part(MutationFixture asked, String id, String of) {
        return asked.inserts("errands", id, Map.of("partOf", of));
    }

    @Test
    @Tag("COL25")
    @DisplayName("[COL25] a row that moves leaves its children: they are no longer deleted with it")
    void leftBehind() {
        MutationFixture there = MutationFixture.in("p2");
        allApplied(IN_ROOM.inserts("errands", "a", Map.of()), part(IN_ROOM, "b", "a"), part(there, "c", "a"));
        allApplied(IN_ROOM.moves("errands", "a", "p2"));
        allApplied(there.deletes("errands", "a"));

        assertThat(actions(engine.commits().getLast())).containsExactly("DELETE a", "DELETE c");
        assertThat(engine.list("errands", "p1")).hasSize(1);
    }

    @Test
    @Tag("MUT14")
    @DisplayName(
            "[MUT14] a row that moved to its parent's room is deleted with it, and so are its own children, in one batch too")
    void comeAlong() {
        MutationFixture there = MutationFixture.in("p2");
        allApplied(
                there.inserts("errands", "a", Map.of()),
                part(IN_ROOM, "b", "a"),
                part(there, "c", "b"),
                part(IN_ROOM, "d", "b"));
        allApplied(IN_ROOM.moves("errands", "b", "p2"), there.deletes("errands", "a"));

        assertThat(actions(engine.commits().getLast())).containsExactly("DELETE a", "DELETE b", "DELETE c");
        assertThat(engine.list("errands", "p1"))
                .extracting(Row::id)
                .extracting(EntityId::value)
                .containsExactly("d");
    }

    @Test
    @Tag("MUT14")
    @DisplayName("[MUT14] a row that moved away before its parent is deleted stays, in one batch too")
    void goneAway() {
        allApplied(IN_ROOM.inserts("errands", "a", Map.of()), part(IN_ROOM, "b", "a"));
        allApplied(IN_ROOM.moves("errands", "b", "p2"), IN_ROOM.deletes("errands", "a"));

        assertThat(actions(engine.commits().getLast())).containsExactly("DELETE a");
        assertThat(engine.list("errands", "p2")).hasSize(1);
    }
}
