package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.Results.applied;
import static dev.lockstep.mutation.Results.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.CommitCutter;
import dev.lockstep.database.CommitCutter.Cut;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.mutation.batch.BatchWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine on a durable PostgreSQL whose connections are closed, one after another. */
class LostConnectionsOnPostgresqlTest {
    private static final int CUTS = 100;
    private static final List<Cut> KINDS = List.of(Cut.values());
    private static final int TERMINATIONS = 100;
    private static final int CLIENTS = 4;

    /** The number of retries of a client. One more refusal fails the test. */
    private static final int RETRIES_MAX = 100;

    /** The longest time between two terminations. */
    private static final Duration PAUSE_MAX = Duration.ofMillis(30);

    /** Distinguishes this test's own connections: the forwarder's database has no other clients. */
    private static final String TERMINATE_ONE =
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid() and state <> 'idle' order by random() fetch first row only";

    private static final MutationFixture ROOM = MutationFixture.in("p1");
    private static final TestDatabase DIRECT = TestDatabase.durablePostgresql();
    private static final CommitCutter CUTTER = new CommitCutter(TestDatabase.durablePostgresqlPort());
    private static final TestDatabase THROUGH = TestDatabase.postgresqlAt(CUTTER.port());

    private final EngineFixture engine = new EngineFixture(DIRECT, THROUGH.transactions());
    private final BatchWriter writer = engine.writer();
    private final Map<Mutation, MutationResult> answers = new ConcurrentHashMap<>();
    private Thread thread = new Thread();

    @BeforeEach
    void start() {
        DIRECT.emptied();
        thread = EngineFixture.start(writer);
    }

    @AfterEach
    void end() {
        EngineFixture.end(writer, thread);
    }

    @Test
    @Tag("MUT11")
    @DisplayName(
            "[MUT11] with 100 connections lost at COMMIT, an applied answer means durable and a retryable refusal means not applied")
    void cut() {
        sendUntilApplied(first("client"));
        for (int round = 1; round <= CUTS; round++) {
            Cut cut = KINDS.get(round % KINDS.size());
            CUTTER.cutNext(cut);
            List<Mutation> sent = mutations("client", round);
            List<MutationResult> first = sendTogether(sent);

            assertThat(CUTTER.hasCutAll()).isTrue();
            switch (cut) {
                case BEFORE_COMMIT -> assertThat(first).anyMatch(answer -> !Results.isApplied(answer));
                case BEFORE_ANSWER -> assertThat(first).allMatch(Results::isApplied);
                case AT_COMMIT -> {} // either result
            }
            assertAnsweredAsLogged(sent, first);
            sent.forEach(this::sendUntilApplied);
        }
        assertEachOnce();
    }

    @Test
    @Tag("MUT11")
    @DisplayName("[MUT11] connections that the database ends at random times cause no wrong answer")
    void terminated() throws SQLException {
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            CompletableFuture<?> ended = new CompletableFuture<>();
            List<CompletableFuture<Void>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(number -> CompletableFuture.runAsync(() -> sendUntil(ended, "c" + number), threads))
                    .toList();
            try {
                terminateBackends(clients);
            } finally {
                ended.complete(null);
            }
            clients.forEach(CompletableFuture::join);
        }
        assertEachOnce();
    }

    /** Until a client gives up, too: then no connection is left to terminate. */
    private static void terminateBackends(List<CompletableFuture<Void>> clients) throws SQLException {
        Random random = new Random(1);
        try (Connection connection = DIRECT.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            int terminated = 0;
            while (terminated < TERMINATIONS && clients.stream().noneMatch(CompletableFuture::isDone)) {
                LockSupport.parkNanos(random.nextLong(PAUSE_MAX.toNanos()));
                try (var row = statement.executeQuery(TERMINATE_ONE)) {
                    terminated += row.next() ? 1 : 0;
                }
            }
        }
    }

    private void sendUntil(CompletableFuture<?> ended, String client) {
        sendUntilApplied(first(client));
        for (int round = 1; !ended.isDone(); round++) {
            mutations(client, round).forEach(this::sendUntilApplied);
        }
    }

    private static Mutation first(String client) {
        return ROOM.by(client, client).insertsTask(client + "-0", "new");
    }

    /** An insert, a bulk, and an update of the row that the round before has inserted. */
    private static List<Mutation> mutations(String client, int round) {
        String mark = client + "-" + round;
        return List.of(
                ROOM.by(client, mark + "-insert").insertsTask(mark, "new"),
                ROOM.by(client, mark + "-bulk")
                        .bulk(
                                insertion("tasks", mark + "-a", Map.of("title", "bulk")),
                                insertion("tasks", mark + "-b", Map.of("title", "bulk"))),
                ROOM.by(client, mark + "-update").retitlesTask(client + "-" + (round - 1), "changed"));
    }

    private List<MutationResult> sendTogether(List<Mutation> mutations) {
        List<CompletionStage<MutationResult>> waiting =
                mutations.stream().map(writer::submit).toList();
        return waiting.stream().map(EngineFixture::get).toList();
    }

    private void sendUntilApplied(Mutation mutation) {
        MutationResult answer = EngineFixture.get(writer.submit(mutation));
        for (int retried = 0; retried < RETRIES_MAX && !Results.isApplied(answer); retried++) {
            assertThat(code(answer)).isEqualTo(ErrorCode.UNAVAILABLE);
            answer = EngineFixture.get(writer.submit(mutation));
        }
        answers.put(mutation, applied(answer));
    }

    private void assertAnsweredAsLogged(List<Mutation> sent, List<MutationResult> given) {
        Map<String, Integer> logged = commitsByMutation();
        for (int i = 0; i < sent.size(); i++) {
            boolean applied = Results.isApplied(given.get(i));
            assertThat(logged.getOrDefault(id(sent.get(i)), 0)).isEqualTo(applied ? 1 : 0);
            assertThat(applied || code(given.get(i)) == ErrorCode.UNAVAILABLE).isTrue();
        }
    }

    private void assertEachOnce() {
        Map<String, Integer> logged = commitsByMutation();
        assertThat(logged.keySet())
                .containsExactlyInAnyOrderElementsOf(answers.keySet().stream()
                        .map(LostConnectionsOnPostgresqlTest::id)
                        .toList());
        assertThat(logged.values()).containsOnly(1);
        assertThat(places())
                .isEqualTo(LongStream.rangeClosed(1, changes()).boxed().toList());
        assertThat(engine.json("tasks", "p1"))
                .containsExactlyInAnyOrderElementsOf(
                        engine.replayed("tasks", "p1").values());
        answers.forEach((mutation, answer) ->
                assertThat(EngineFixture.get(writer.submit(mutation))).isEqualTo(Results.again(answer)));
        assertThat(commitsByMutation()).isEqualTo(logged);
    }

    private int changes() {
        return answers.keySet().stream()
                .mapToInt(mutation -> mutation.changes().size())
                .sum();
    }

    private List<Long> places() {
        return engine.commits().stream()
                .flatMap(commit -> commit.actions().stream())
                .map(action -> action.seq().value())
                .toList();
    }

    private Map<String, Integer> commitsByMutation() {
        Map<String, Integer> commits = new HashMap<>();
        for (Commit commit : engine.commits()) {
            Action first = commit.actions().getFirst();
            commits.merge(first.entry().mutationId().map(MutationId::value).orElseThrow(), 1, Integer::sum);
        }
        return commits;
    }

    private static String id(Mutation mutation) {
        return mutation.id().map(MutationId::value).orElseThrow();
    }
}
