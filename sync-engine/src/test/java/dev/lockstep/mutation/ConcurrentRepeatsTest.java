package dev.lockstep.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.mutation.batch.BatchWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mutations that several threads send several times, while commits lose their answers. */
@OnEveryDatabase
class ConcurrentRepeatsTest {
    private static final int MUTATIONS = 10_000;
    private static final int TIMES = 3;
    private static final int SENDERS = 4;

    /** The number of unanswered mutations per sender: below the limit of the queue, so that none is refused for it. */
    private static final int UNDER_WAY_MAX = 1_000;

    /** One in this many commits has no answer. */
    private static final int LOST_EVERY = 7;

    private static final int WAIT_SECONDS_MAX = 120;

    private final TestDatabase database;
    private final ExecutorService threads = Executors.newFixedThreadPool(SENDERS);

    ConcurrentRepeatsTest(TestDatabase database) {
        this.database = database;
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Transactions; some of their commits happen without an answer. */
    private record Forgetful(Transactions transactions, AtomicInteger runs) implements Transactions {
        @Override
        public <T> T run(Work<T> work) {
            T result = transactions.run(work);
            if (runs.incrementAndGet() % LOST_EVERY == 0) {
                throw new TransactionFailed(new IllegalStateException("connection lost"), true);
            }
            return result;
        }
    }

    /** Most insert a row; every tenth inserts one whose id is taken. */
    private static Mutation mutation(int number) {
        MutationFixture asked = MutationFixture.in("p" + number % 3).identified("m" + number);
        return asked.insertsTask("t" + (number % 10 == 9 ? number - 1 : number), "t");
    }

    /** Sends mutations, and repeats those that are refused as retryable. */
    private static Map<MutationId, List<MutationResult>> send(BatchWriter writer, List<Mutation> mutations)
            throws InterruptedException {
        Map<MutationId, List<MutationResult>> answers = new HashMap<>();
        List<Mutation> left = mutations;
        while (!left.isEmpty()) {
            Semaphore underWay = new Semaphore(UNDER_WAY_MAX);
            List<Mutation> again = Collections.synchronizedList(new ArrayList<>());
            for (Mutation mutation : left) {
                if (!underWay.tryAcquire(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                    throw new AssertionError("no answer");
                }
                writer.submit(mutation).thenAccept(answer -> {
                    if (Results.isApplied(answer) || !Results.code(answer).retryable()) {
                        synchronized (answers) {
                            answers.computeIfAbsent(mutation.id().orElseThrow(), id -> new ArrayList<>())
                                    .add(answer);
                        }
                    } else {
                        again.add(mutation);
                    }
                    underWay.release();
                });
            }
            if (!underWay.tryAcquire(UNDER_WAY_MAX, WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("no answer");
            }
            left = again;
        }
        return answers;
    }

    @Test
    @Tag("MUT9")
    @DisplayName("[MUT9] each of 10,000 mutations that are sent three times, shuffled, has one effect and one answer")
    void once() throws Exception {
        EngineFixture engine =
                new EngineFixture(database.emptied(), new Forgetful(database.transactions(), new AtomicInteger()));
        BatchWriter writer = engine.writer();
        List<Mutation> all = new ArrayList<>();
        for (int i = 0; i < MUTATIONS; i++) {
            all.addAll(Collections.nCopies(TIMES, mutation(i)));
        }
        Collections.shuffle(all, new Random(1));
        List<Callable<Map<MutationId, List<MutationResult>>>> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            List<Mutation> part = all.subList(all.size() * i / SENDERS, all.size() * (i + 1) / SENDERS);
            senders.add(() -> send(writer, part));
        }
        Map<MutationId, List<MutationResult>> answers = new HashMap<>();
        Thread thread = EngineFixture.start(writer);
        try {
            for (Future<Map<MutationId, List<MutationResult>>> sent :
                    threads.invokeAll(senders, WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
                sent.get()
                        .forEach((id, received) -> answers.computeIfAbsent(id, first -> new ArrayList<>())
                                .addAll(received));
            }
        } finally {
            EngineFixture.end(writer, thread);
        }

        Map<MutationId, Integer> logged = new HashMap<>();
        engine.commits()
                .forEach(commit -> logged.merge(
                        commit.actions().getFirst().entry().mutationId().orElseThrow(), 1, Integer::sum));
        assertThat(answers).hasSize(MUTATIONS);
        answers.forEach((id, received) -> {
            assertThat(received).hasSize(TIMES);
            assertThat(received).extracting(Results::again).containsOnly(Results.again(received.getFirst()));
            assertThat(logged.getOrDefault(id, 0)).isEqualTo(Results.isApplied(received.getFirst()) ? 1 : 0);
        });
        assertThat(logged).hasSize(MUTATIONS - MUTATIONS / 10);
    }
}
