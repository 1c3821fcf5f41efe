package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static dev.lockstep.mutation.Results.applied;
import static dev.lockstep.mutation.Results.code;
import static dev.lockstep.mutation.Results.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.engine.TestEngine;
import dev.lockstep.log.Action;
import dev.lockstep.log.LogEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Evaluation of the mutations of a batch, in a database and in memory. */
@OnEveryEngine
class EvaluationTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1");

    private final TestEngine engine;

    EvaluationTest(Supplier<TestEngine> engine) {
        this.engine = engine.get();
    }

    @Test
    @Tag("MUT3")
    @DisplayName("[MUT3] each mutation of a batch sees the rows as the earlier ones leave them")
    void inOrder() {
        List<MutationResult> answers = engine.together(
                IN_ROOM.insertsTask("a", "one"),
                IN_ROOM.retitlesTask("a", "two"),
                IN_ROOM.insertsTask("a", "again"),
                IN_ROOM.deletesTask("a"),
                IN_ROOM.retitlesTask("a", "three"));

        assertThat(row(answers.get(0)).orElseThrow()).contains("\"title\":\"one\"");
        assertThat(row(answers.get(1)).orElseThrow()).contains("\"title\":\"two\"");
        assertThat(code(answers.get(2))).isEqualTo(ErrorCode.IN_USE);
        assertThat(row(answers.get(3)).orElseThrow()).contains("\"title\":\"two\"");
        assertThat(row(answers.get(4))).isEmpty();
        assertThat(engine.commits())
                .flatExtracting(commit -> commit.actions())
                .extracting(
                        action -> action.seq().value() + " " + action.entry().kind())
                .containsExactly("1 INSERT", "2 UPDATE", "3 DELETE");
        assertThat(engine.list("tasks", "p1")).isEmpty();
    }

    @Test
    @Tag("MUT1")
    @DisplayName("[MUT1] a refused mutation changes nothing, and the others are applied")
    void asAWhole() {
        List<MutationResult> answers = engine.together(
                IN_ROOM.insertsTask("a", "kept"),
                IN_ROOM.bulk(
                        updating("tasks", "a", Map.of("title", "lost")),
                        insertion("tasks", "b", Map.of("title", "lost")),
                        insertion("tasks", "a", Map.of("title", "in use"))),
                IN_ROOM.insertsTask("b", "free"));

        assertThat(code(answers.get(1))).isEqualTo(ErrorCode.IN_USE);
        assertThat(engine.list("tasks", "p1"))
                .isEqualTo(List.of(
                        applied(answers.get(2)).rows().getFirst().orElseThrow(),
                        applied(answers.get(0)).rows().getFirst().orElseThrow()));
        assertThat(engine.commits()).hasSize(2);
    }

    @Test
    @Tag("MUT2")
    @DisplayName("[MUT2] when the answer arrives, other transactions see rows and actions")
    void durable() {
        MutationResult answer = engine.alone(IN_ROOM.insertsTask("a", "t"));

        assertThat(applied(answer).last()).isEqualTo(new Seq(1));
        assertThat(engine.json("tasks", "p1")).containsExactly(row(answer).orElseThrow());
        assertThat(engine.published())
                .singleElement()
                .satisfies(committed ->
                        assertThat(committed.commit()).contains(engine.commits().getFirst()));
    }

    @Test
    @Tag("MUT4")
    @DisplayName("[MUT4] changing a row that is missing, deleted or in another room changes nothing, and is no error")
    void notThere() {
        engine.together(
                IN_ROOM.insertsTask("dead", "t"),
                IN_ROOM.deletesTask("dead"),
                MutationFixture.in("p2").insertsTask("elsewhere", "t"));
        int before = engine.commits().size();
        for (String id : List.of("never", "dead", "elsewhere")) {
            for (MutationResult answer : engine.together(IN_ROOM.retitlesTask(id, "x"), IN_ROOM.deletesTask(id))) {
                assertThat(answer).isEqualTo(new MutationResult.Applied(Seq.START, List.of(Optional.empty())));
            }
        }

        assertThat(engine.commits()).hasSize(before);
        assertThat(engine.json("tasks", "p2")).hasSize(1);
    }

    @Test
    @Tag("MUT4")
    @DisplayName("[MUT4] in a bulk, missing rows are omitted from the log, and empty in the answer")
    void someNotThere() {
        engine.alone(IN_ROOM.insertsTask("a", "t"));
        MutationResult answer = engine.alone(IN_ROOM.bulk(
                deletion("tasks", "never"), updating("tasks", "a", Map.of("title", "u")), deletion("tasks", "no")));

        assertThat(applied(answer).rows()).extracting(Optional::isPresent).containsExactly(false, true, false);
        assertThat(engine.commits().getLast().actions()).hasSize(1);
    }

    @Test
    @Tag("MUT5")
    @DisplayName("[MUT5] an id of an existing, deleted or other room's row is in use")
    void inUse() {
        engine.together(
                IN_ROOM.insertsTask("alive", "t"),
                IN_ROOM.insertsTask("dead", "t"),
                IN_ROOM.deletesTask("dead"),
                MutationFixture.in("p2").insertsTask("elsewhere", "t"));

        assertThat(engine.together(
                        IN_ROOM.insertsTask("alive", "t"),
                        IN_ROOM.insertsTask("dead", "t"),
                        IN_ROOM.insertsTask("elsewhere", "t")))
                .extracting(Results::code)
                .containsOnly(ErrorCode.IN_USE);
    }

    @Test
    @Tag("COL4")
    @DisplayName("[COL4] a client's id is kept where the collection allows it; room and times are the server's")
    void serversOwn() {
        MutationResult task = engine.alone(IN_ROOM.bulk(insertion(
                "tasks", "mine", Map.of("title", "t", "project", "p2", "createdAt", "2001-01-01T00:00:00Z"))));
        MutationResult tool = engine.alone(IN_ROOM.bulk(insertion("tools", "mine", Map.of("name", "saw"))));

        assertThat(row(task).orElseThrow())
                .startsWith("{\"id\":\"mine\",\"project\":\"p1\"")
                .contains("\"createdAt\":\"2026-11-21T01:02:03.004Z\"");
        assertThat(applied(tool).rows().getFirst().map(made -> made.id().value()))
                .hasValueSatisfying(id -> assertThat(id).isNotEqualTo("mine").hasSize(36));
    }

    @Test
    @Tag("COL7")
    @DisplayName("[COL7] rows of one mutation with the server's ids are listed in its order")
    void listedInOrder() {
        MutationResult answer = engine.alone(IN_ROOM.bulk(
                insertion("tools", null, Map.of("name", "same", "serial", "c")),
                insertion("tools", null, Map.of("name", "same", "serial", "a")),
                insertion("tools", null, Map.of("name", "same", "serial", "b"))));

        assertThat(engine.list("tools", "p1"))
                .isEqualTo(applied(answer).rows().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    @Test
    @Tag("LOG5")
    @DisplayName(
            "[LOG5] stamps grow with every mutation of a room even if the clock stands still, and are one within each")
    void stamps() {
        engine.together(
                IN_ROOM.bulk(
                        insertion("tasks", "a", Map.of("title", "t")), insertion("tasks", "b", Map.of("title", "t"))),
                IN_ROOM.retitlesTask("a", "u"),
                IN_ROOM.bulk(
                        insertion("tools", null, Map.of("name", "saw")), updating("tasks", "b", Map.of("effort", 1L))),
                IN_ROOM.insertsTool("axe", "1"));
        List<Long> stamps = engine.commits().stream()
                .map(commit -> commit.actions().stream()
                        .map(Action::entry)
                        .map(entry -> entry.stampMicros())
                        .distinct()
                        .toList())
                .map(distinct -> {
                    assertThat(distinct).hasSize(1);
                    return distinct.getFirst();
                })
                .toList();

        assertThat(stamps).hasSize(4).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @Tag("COL8")
    @DisplayName("[COL8] rows of single-tenant collections are shared by all rooms, and logged in the shared room")
    void singleTenant() {
        MutationResult made = engine.alone(IN_ROOM.insertsTool("saw", "1"));
        String id = applied(made).rows().getFirst().map(Row::id).orElseThrow().value();
        MutationResult changed =
                engine.alone(MutationFixture.in("p2").bulk(updating("tools", id, Map.of("name", "axe"))));

        assertThat(row(changed)).isPresent();
        assertThat(engine.commits())
                .flatExtracting(commit -> commit.actions())
                .allMatch(action -> action.entry().room().isShared());
    }

    @Test
    @Tag("CFS3")
    @DisplayName("[CFS3] an unknown collection is refused by name")
    void unknownCollection() {
        assertThat(Results.refused(engine.alone(IN_ROOM.bulk(deletion("zzz", "a"))))
                        .refusal()
                        .message())
                .isEqualTo("Collection 'zzz' not found");
    }

    @Test
    @Tag("COL3")
    @DisplayName("[COL3] in a bulk, each invalid field is named with its item")
    void invalidItems() {
        MutationResult answer = engine.alone(IN_ROOM.bulk(
                insertion("tasks", "a", Map.of("title", "t")),
                insertion("tasks", "b", Map.of()),
                updating("tasks", "a", Map.of("effort", "x"))));

        assertThat(Results.refused(answer).refusal().issues())
                .extracting(issue -> issue.path())
                .containsExactly("1.title", "2.effort");
        assertThat(engine.commits()).isEmpty();
    }

    @Test
    @Tag("COL12")
    @DisplayName("[COL12] a hidden field is stored, and is in no answer, list or action")
    void neverSent() {
        MutationResult made = engine.alone(
                IN_ROOM.bulk(insertion("lockers", "a", Map.of("owner", "ann", "number", 1L, "pin", "1234"))));
        MutationResult changed = engine.alone(IN_ROOM.bulk(updating("lockers", "a", Map.of("pin", "9876"))));

        assertThat(row(made))
                .isEqualTo(row(changed))
                .hasValueSatisfying(json -> assertThat(json).doesNotContain("pin"));
        assertThat(engine.json("lockers", "p1")).containsExactly(row(made).orElseThrow());
        assertThat(engine.commits().toString()).doesNotContain("1234", "9876", "pin");
        assertThat(engine.commits()).hasSize(2);
        assertThat(engine.commits().getLast().actions().getFirst().entry().changedFields())
                .isEmpty();
        assertThat(engine.stored("lockers", "pin")).containsExactly("9876");
    }

    @Test
    @Tag("COL13")
    @DisplayName("[COL13] an operation that a collection does not allow is refused before the queue, in a bulk too")
    void notSupported() {
        engine.alone(IN_ROOM.bulk(insertion("lockers", "a", Map.of("number", 1L))));
        MutationResult answer = engine.alone(IN_ROOM.bulk(deletion("tasks", "t"), deletion("lockers", "a")));

        assertThat(code(answer)).isEqualTo(ErrorCode.NOT_SUPPORTED);
        assertThat(Results.refused(answer).refusal().message())
                .isEqualTo("Collection 'lockers' has no delete, only read, insert, update");
        assertThat(engine.json("lockers", "p1")).hasSize(1);
    }

    @Test
    @Tag("MUT4")
    @DisplayName("[MUT4] an update that changes nothing is an action as well")
    void sameValues() {
        engine.alone(IN_ROOM.inserts("clubs", "p1", Map.of("title", "t")));
        engine.alone(IN_ROOM.updates("clubs", "p1", Map.of()));

        assertThat(engine.commits().getLast().actions())
                .singleElement()
                .satisfies(action -> assertThat(action.entry().kind()).isEqualTo(LogEntry.Kind.UPDATE))
                .satisfies(action -> assertThat(action.entry().changedFields()).isEmpty());
    }
}
