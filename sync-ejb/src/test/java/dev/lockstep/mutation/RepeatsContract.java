package dev.lockstep.mutation;

import static dev.lockstep.mutation.Answer.again;
import static dev.lockstep.mutation.Answer.code;
import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.boot.EngineContract;
import dev.lockstep.mutation.idempotency.Housekeeping;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of mutations that are sent again, with or without a database. */
abstract class RepeatsContract {
    private static final MutationFixture ASKED = MutationFixture.in("p1").identified("m1");

    private static final Instant GIVEN = Instant.parse("2026-11-21T01:02:03.004005Z");

    private final EngineContract workshop = emptied();

    /** A workshop without rows and actions. */
    abstract EngineContract emptied();

    private void assertOnce(Mutation mutation) {
        MutationResult first = workshop.alone(mutation);
        int commits = workshop.commits().size();

        assertThat(workshop.alone(mutation)).isEqualTo(again(first));
        assertThat(workshop.together(Collections.nCopies(5, mutation))).containsOnly(again(first));
        assertThat(workshop.commits()).hasSize(commits);
    }

    @Test
    @DisplayName("[MUT9] an insert that is sent again gets the first answer, with the id that was made then")
    void inserts() {
        assertOnce(ASKED.insertsTool("saw", "1"));
    }

    @Test
    @DisplayName("[MUT9] a bulk that is sent again gets the first answer, though its rows have changed since")
    void bulks() {
        workshop.together(
                MutationFixture.in("p1").insertsTask("a", "t"),
                MutationFixture.in("p1").insertsTask("b", "t"));
        Mutation bulk = ASKED.bulk(
                updating("tasks", "a", Map.of("title", "u")),
                updating("tasks", "never", Map.of("title", "u")),
                deletion("tasks", "b"),
                insertion("tasks", "c", Map.of("title", "t")));
        MutationResult first = workshop.alone(bulk);
        workshop.together(
                MutationFixture.in("p1").retitlesTask("a", "later"),
                MutationFixture.in("p1").deletesTask("c"));

        assertThat(workshop.alone(bulk)).isEqualTo(again(first));
    }

    @Test
    @DisplayName("[MUT9] what changed nothing is not done later")
    void changedNothing() {
        assertOnce(ASKED.retitlesTask("a", "u"));
        workshop.alone(MutationFixture.in("p1").insertsTask("a", "t"));

        assertThat(Answer.row(workshop.alone(ASKED.retitlesTask("a", "u")))).isEmpty();
        assertThat(workshop.json("tasks", "p1")).singleElement().asString().contains("\"title\":\"t\"");
    }

    @Test
    @DisplayName("[MUT9] a refusal for good is given again, though its cause has gone")
    void refusals() {
        MutationResult made = workshop.alone(MutationFixture.in("p1").insertsTool("saw", "1"));
        assertOnce(ASKED.insertsTool("axe", "1"));
        String id = Answer.applied(made).rows().getFirst().orElseThrow().id().value();
        workshop.alone(MutationFixture.in("p1").bulk(deletion("tools", id)));

        assertThat(code(workshop.alone(ASKED.insertsTool("axe", "1")))).isEqualTo(ErrorCode.IN_USE);
        assertThat(workshop.list("tools", "p1")).isEmpty();
    }

    @Test
    @DisplayName("[MUT9] an id that comes back with another request is refused, and the first answer stays")
    void reused() {
        MutationResult first = workshop.alone(ASKED.insertsTask("a", "one"));

        assertThat(code(workshop.alone(ASKED.insertsTask("a", "two")))).isEqualTo(ErrorCode.REUSED);
        assertThat(code(workshop.alone(MutationFixture.in("p2").identified("m1").insertsTask("a", "one"))))
                .isEqualTo(ErrorCode.REUSED);
        assertThat(workshop.alone(ASKED.insertsTask("a", "one"))).isEqualTo(again(first));
    }

    @Test
    @DisplayName("[MUT9] within one group: the first has the effect, repeats its answer, another request is refused")
    void withinAGroup() {
        List<MutationResult> answers = workshop.together(
                ASKED.insertsTask("a", "one"),
                ASKED.insertsTask("a", "one"),
                ASKED.insertsTask("b", "two"),
                MutationFixture.in("p1").by("another client", "m1").insertsTask("c", "three"));

        assertThat(answers.get(1)).isEqualTo(again(answers.get(0)));
        assertThat(code(answers.get(2))).isEqualTo(ErrorCode.REUSED);
        assertThat(Answer.isApplied(answers.get(3))).isTrue();
        assertThat(workshop.list("tasks", "p1")).hasSize(2);
    }

    @Test
    @DisplayName("[MUT19] a repeat among others: it gets its first answer, and they theirs")
    void amongOthers() {
        MutationResult first = workshop.alone(ASKED.insertsTask("a", "one"));
        MutationFixture other = MutationFixture.in("p1").by("another client", "m2");
        List<MutationResult> answers = workshop.together(
                other.insertsTask("b", "two"),
                ASKED.insertsTask("a", "one"),
                MutationFixture.in("p1").by("another client", "m3").insertsTask("c", "three"));

        assertThat(answers.get(1)).isEqualTo(again(first));
        assertThat(answers).allMatch(Answer::isApplied);
        assertThat(workshop.alone(other.insertsTask("b", "two"))).isEqualTo(again(answers.getFirst()));
        assertThat(workshop.list("tasks", "p1")).hasSize(3);
        assertThat(workshop.commits()).hasSize(3);
    }

    @Test
    @DisplayName(
            "[MUT19] where requests are not compared, a delete that is sent again gets its first answer, though the"
                    + " row has gone")
    void deletesAgain() {
        workshop.alone(MutationFixture.in("p1").insertsTask("a", "one"));
        MutationResult first = workshop.alone(ASKED.whatever().deletesTask("a"));

        assertThat(workshop.alone(ASKED.whatever().deletesTask("a"))).isEqualTo(again(first));
    }

    @Test
    @DisplayName("[MUT9] where requests are not compared, whatever comes back gets the first answer, without the rows")
    void whatever() {
        MutationFixture asked = ASKED.whatever();
        MutationResult first = workshop.alone(asked.insertsTask("a", "one"));
        Mutation another = asked.bulk(
                deletion("tasks", "a"),
                updating("tools", "b", Map.of("name", "n")),
                insertion("tools", null, Map.of("name", "saw")));

        assertThat(workshop.alone(asked.insertsTask("a", "one"))).isEqualTo(again(first));
        assertThat(workshop.together(another, asked.deletesTask("a")))
                .containsExactly(
                        Answer.toAnotherRequest(first, another),
                        Answer.toAnotherRequest(first, asked.deletesTask("a")));
        assertThat(workshop.commits()).hasSize(1);
    }

    @Test
    @DisplayName("[MUT9] where requests are not compared, it is so within a group too, and for refusals")
    void whateverWithinAGroup() {
        MutationFixture refused = MutationFixture.in("p1").identified("m2").whatever();
        workshop.alone(MutationFixture.in("p1").insertsTask("a", "one"));
        List<MutationResult> answers = workshop.together(
                ASKED.whatever().insertsTask("b", "one"),
                ASKED.whatever().deletesTask("b"),
                refused.insertsTask("a", "in use"),
                refused.insertsTask("c", "free"));

        assertThat(answers.get(1)).isEqualTo(Answer.toAnotherRequest(answers.get(0), ASKED.deletesTask("b")));
        assertThat(answers.get(3)).isEqualTo(answers.get(2));
        assertThat(workshop.alone(refused.deletesTask("a"))).isEqualTo(answers.get(2));
        assertThat(workshop.list("tasks", "p1")).hasSize(2);
    }

    @Test
    @DisplayName("[MUT9] where requests are not compared, who found no row may look for it elsewhere by the same id")
    void elsewhere() {
        MutationFixture asked = MutationFixture.in("p2").identified("m3").whatever();
        workshop.alone(MutationFixture.in("p1").insertsTask("a", "one"));

        assertThat(Answer.row(workshop.alone(asked.retitlesTask("a", "two")))).isEmpty();
        assertThat(Answer.row(workshop.alone(
                        MutationFixture.in("p1").identified("m3").whatever().retitlesTask("a", "two"))))
                .isPresent();
    }

    @Test
    @DisplayName("[MUT9] answers are kept for 60 days, and forgotten after")
    void forgotten() {
        workshop.together(
                ASKED.insertsTask("a", "one"),
                MutationFixture.in("p1").by("c", "m2").insertsTask("b", "two"));
        workshop.forgetOld(GIVEN.plus(Housekeeping.ANSWERS_KEPT));
        assertThat(Answer.isApplied(workshop.alone(ASKED.insertsTask("a", "one"))))
                .isTrue();

        workshop.forgetOld(GIVEN.plus(Housekeeping.ANSWERS_KEPT).plusMillis(1));
        assertThat(code(workshop.alone(ASKED.insertsTask("a", "one")))).isEqualTo(ErrorCode.IN_USE);
    }
}
