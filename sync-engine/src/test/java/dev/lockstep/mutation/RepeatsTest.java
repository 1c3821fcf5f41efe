package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static dev.lockstep.mutation.Results.again;
import static dev.lockstep.mutation.Results.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.engine.TestEngine;
import dev.lockstep.mutation.idempotency.Housekeeping;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Duplicates of mutations, in a database and in memory. */
@OnEveryEngine
class RepeatsTest {
    private static final MutationFixture IN_ROOM = MutationFixture.in("p1").identified("m1");

    private static final Instant GIVEN = Instant.parse("2026-11-21T01:02:03.004005Z");

    private final TestEngine engine;

    RepeatsTest(Supplier<TestEngine> engine) {
        this.engine = engine.get();
    }

    private void assertOnce(Mutation mutation) {
        MutationResult first = engine.alone(mutation);
        int commits = engine.commits().size();

        assertThat(engine.alone(mutation)).isEqualTo(again(first));
        assertThat(engine.together(Collections.nCopies(5, mutation))).containsOnly(again(first));
        assertThat(engine.commits()).hasSize(commits);
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a duplicate insert gets the first answer, with the id that was made then")
    void inserts() {
        assertOnce(IN_ROOM.insertsTool("saw", "1"));
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a duplicate bulk gets the first answer, even if its rows have changed since")
    void bulks() {
        engine.together(
                MutationFixture.in("p1").insertsTask("a", "t"),
                MutationFixture.in("p1").insertsTask("b", "t"));
        Mutation bulk = IN_ROOM.bulk(
                updating("tasks", "a", Map.of("title", "u")),
                updating("tasks", "never", Map.of("title", "u")),
                deletion("tasks", "b"),
                insertion("tasks", "c", Map.of("title", "t")));
        MutationResult first = engine.alone(bulk);
        engine.together(
                MutationFixture.in("p1").retitlesTask("a", "later"),
                MutationFixture.in("p1").deletesTask("c"));

        assertThat(engine.alone(bulk)).isEqualTo(again(first));
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a mutation that changed nothing is not applied later")
    void changedNothing() {
        assertOnce(IN_ROOM.retitlesTask("a", "u"));
        engine.alone(MutationFixture.in("p1").insertsTask("a", "t"));

        assertThat(Results.row(engine.alone(IN_ROOM.retitlesTask("a", "u")))).isEmpty();
        assertThat(engine.json("tasks", "p1")).singleElement().asString().contains("\"title\":\"t\"");
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] a permanent refusal is repeated, even if its cause is gone")
    void refusals() {
        MutationResult made = engine.alone(MutationFixture.in("p1").insertsTool("saw", "1"));
        assertOnce(IN_ROOM.insertsTool("axe", "1"));
        String id = Results.applied(made).rows().getFirst().orElseThrow().id().value();
        engine.alone(MutationFixture.in("p1").bulk(deletion("tools", id)));

        assertThat(code(engine.alone(IN_ROOM.insertsTool("axe", "1")))).isEqualTo(ErrorCode.IN_USE);
        assertThat(engine.list("tools", "p1")).isEmpty();
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] an id with another request is refused, and the first answer stays")
    void reused() {
        MutationResult first = engine.alone(IN_ROOM.insertsTask("a", "one"));

        assertThat(code(engine.alone(IN_ROOM.insertsTask("a", "two")))).isEqualTo(ErrorCode.REUSED);
        assertThat(code(engine.alone(MutationFixture.in("p2").identified("m1").insertsTask("a", "one"))))
                .isEqualTo(ErrorCode.REUSED);
        assertThat(engine.alone(IN_ROOM.insertsTask("a", "one"))).isEqualTo(again(first));
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] within one batch: the first has the effect, duplicates its answer, another request is refused")
    void withinAGroup() {
        List<MutationResult> answers = engine.together(
                IN_ROOM.insertsTask("a", "one"),
                IN_ROOM.insertsTask("a", "one"),
                IN_ROOM.insertsTask("b", "two"),
                MutationFixture.in("p1").by("another client", "m1").insertsTask("c", "three"));

        assertThat(answers.get(1)).isEqualTo(again(answers.get(0)));
        assertThat(code(answers.get(2))).isEqualTo(ErrorCode.REUSED);
        assertThat(Results.isApplied(answers.get(3))).isTrue();
        assertThat(engine.list("tasks", "p1")).hasSize(2);
    }

    @Test
    @Tag("MUT19")
    @DisplayName("[MUT19] a duplicate among others gets its first answer, and the others theirs")
    void amongOthers() {
        MutationResult first = engine.alone(IN_ROOM.insertsTask("a", "one"));
        MutationFixture other = MutationFixture.in("p1").by("another client", "m2");
        List<MutationResult> answers = engine.together(
                other.insertsTask("b", "two"),
                IN_ROOM.insertsTask("a", "one"),
                MutationFixture.in("p1").by("another client", "m3").insertsTask("c", "three"));

        assertThat(answers.get(1)).isEqualTo(again(first));
        assertThat(answers).allMatch(Results::isApplied);
        assertThat(engine.alone(other.insertsTask("b", "two"))).isEqualTo(again(answers.getFirst()));
        assertThat(engine.list("tasks", "p1")).hasSize(3);
        assertThat(engine.commits()).hasSize(3);
    }

    @Test
    @Tag("MUT19")
    @DisplayName(
            "[MUT19] where requests are not compared, a duplicate delete gets its first answer, even if the row is gone")
    void deletesAgain() {
        engine.alone(MutationFixture.in("p1").insertsTask("a", "one"));
        MutationResult first = engine.alone(IN_ROOM.comparingIdsOnly().deletesTask("a"));

        assertThat(engine.alone(IN_ROOM.comparingIdsOnly().deletesTask("a"))).isEqualTo(again(first));
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] where requests are not compared, any request gets the first answer, without the rows")
    void comparingIdsOnly() {
        MutationFixture asked = IN_ROOM.comparingIdsOnly();
        MutationResult first = engine.alone(asked.insertsTask("a", "one"));
        Mutation another = asked.bulk(
                deletion("tasks", "a"),
                updating("tools", "b", Map.of("name", "n")),
                insertion("tools", null, Map.of("name", "saw")));

        assertThat(engine.alone(asked.insertsTask("a", "one"))).isEqualTo(again(first));
        assertThat(engine.together(another, asked.deletesTask("a")))
                .containsExactly(
                        Results.toAnotherRequest(first, another),
                        Results.toAnotherRequest(first, asked.deletesTask("a")));
        assertThat(engine.commits()).hasSize(1);
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] where requests are not compared, the same holds within a batch, and for refusals")
    void whateverWithinAGroup() {
        MutationFixture refused = MutationFixture.in("p1").identified("m2").comparingIdsOnly();
        engine.alone(MutationFixture.in("p1").insertsTask("a", "one"));
        List<MutationResult> answers = engine.together(
                IN_ROOM.comparingIdsOnly().insertsTask("b", "one"),
                IN_ROOM.comparingIdsOnly().deletesTask("b"),
                refused.insertsTask("a", "in use"),
                refused.insertsTask("c", "free"));

        assertThat(answers.get(1)).isEqualTo(Results.toAnotherRequest(answers.get(0), IN_ROOM.deletesTask("b")));
        assertThat(answers.get(3)).isEqualTo(answers.get(2));
        assertThat(engine.alone(refused.deletesTask("a"))).isEqualTo(answers.get(2));
        assertThat(engine.list("tasks", "p1")).hasSize(2);
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] where requests are not compared, a client that found no row may send the id to another room")
    void elsewhere() {
        MutationFixture asked = MutationFixture.in("p2").identified("m3").comparingIdsOnly();
        engine.alone(MutationFixture.in("p1").insertsTask("a", "one"));

        assertThat(Results.row(engine.alone(asked.retitlesTask("a", "two")))).isEmpty();
        assertThat(Results.row(engine.alone(MutationFixture.in("p1")
                        .identified("m3")
                        .comparingIdsOnly()
                        .retitlesTask("a", "two"))))
                .isPresent();
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] results are stored for 60 days, and removed after")
    void forgotten() {
        engine.together(
                IN_ROOM.insertsTask("a", "one"),
                MutationFixture.in("p1").by("c", "m2").insertsTask("b", "two"));
        engine.removeExpired(GIVEN.plus(Housekeeping.RESULT_RETENTION_MIN));
        assertThat(Results.isApplied(engine.alone(IN_ROOM.insertsTask("a", "one"))))
                .isTrue();

        engine.removeExpired(GIVEN.plus(Housekeeping.RESULT_RETENTION_MIN).plusMillis(1));
        assertThat(code(engine.alone(IN_ROOM.insertsTask("a", "one")))).isEqualTo(ErrorCode.IN_USE);
    }
}
