package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions;
import dev.lockstep.mutation.batch.BatchWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class BadCallerTest {
    private static final int ROUNDS = 20;
    private static final int GOOD_ONES = 16;

    private final AtomicInteger begun = new AtomicInteger();
    private final EngineFixture engine;

    BadCallerTest(TestDatabase database) {
        TestDatabase emptied = database.emptied();
        engine = new EngineFixture(emptied, new Counted(database.transactions(), begun));
    }

    private record Counted(Transactions transactions, AtomicInteger begun) implements Transactions {
        @Override
        public <T> T run(Work<T> work) {
            begun.incrementAndGet();
            return transactions.run(work);
        }
    }

    /** The database refuses it: the tool does not exist. */
    private static Mutation bad(int number) {
        return MutationFixture.in("p1")
                .by("bad", "b" + number)
                .bulk(MutationFixture.insertion("steps", "s" + number, Map.of("text", "t", "tool", "no such tool")));
    }

    private static List<Mutation> round(int number) {
        List<Mutation> together = new ArrayList<>();
        for (int i = 0; i < GOOD_ONES; i++) {
            String id = number + "-" + i;
            together.add(MutationFixture.in("p1").by("good " + i, id).insertsTask(id, "t"));
        }
        together.add(GOOD_ONES / 2, bad(number));
        return together;
    }

    @Test
    @Tag("MUT13")
    @DisplayName("[MUT13] of a caller whose mutations the database refuses, only the first batch is split")
    void othersGoOn() {
        BatchWriter writer = engine.writer();
        Thread thread = EngineFixture.start(writer);
        List<CompletionStage<MutationResult>> fromBad = new ArrayList<>();
        try {
            for (int number = 0; number < ROUNDS; number++) {
                List<CompletionStage<MutationResult>> answers =
                        round(number).stream().map(writer::submit).toList();
                fromBad.add(answers.get(GOOD_ONES / 2));
                answers.stream()
                        .filter(answer -> !fromBad.contains(answer))
                        .forEach(answer -> assertThat(Results.isApplied(EngineFixture.get(answer)))
                                .isTrue());
            }
            assertThat(fromBad)
                    .extracting(EngineFixture::get)
                    .extracting(Results::code)
                    .containsOnly(ErrorCode.INVALID);
        } finally {
            EngineFixture.end(writer, thread);
        }
        // To find one of 17 takes up to 11 transactions. This holds for the first round. Each invalid one takes a try
        // and a stored refusal; valid ones of a round may be several batches.
        int toFindIt = 11;
        assertThat(begun.get()).isLessThan(toFindIt + 2 * ROUNDS + ROUNDS * 4);
        assertThat(engine.list("tasks", "p1")).hasSize(ROUNDS * GOOD_ONES);
    }

    @Test
    @Tag("MUT13")
    @DisplayName("[MUT13] valid mutations of a quarantined caller are applied, in order")
    void goodOnesOfSuspects() {
        BatchWriter writer = engine.writer();
        List<CompletionStage<MutationResult>> answers = new ArrayList<>();
        answers.add(writer.submit(bad(0)));
        Thread thread = EngineFixture.start(writer);
        try {
            assertThat(Results.code(EngineFixture.get(answers.getFirst()))).isEqualTo(ErrorCode.INVALID);
            List<CompletionStage<MutationResult>> good = new ArrayList<>();
            good.add(writer.submit(MutationFixture.in("p1").by("bad", "0").insertsTask("a", "t0")));
            for (int i = 1; i < 10; i++) {
                good.add(
                        writer.submit(MutationFixture.in("p1").by("bad", "" + i).retitlesTask("a", "t" + i)));
            }
            assertThat(good).extracting(EngineFixture::get).allMatch(Results::isApplied);
        } finally {
            EngineFixture.end(writer, thread);
        }
        assertThat(engine.json("tasks", "p1")).singleElement().asString().contains("\"title\":\"t9\"");
    }
}
