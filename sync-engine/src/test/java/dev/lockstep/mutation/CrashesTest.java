package dev.lockstep.mutation;

import static dev.lockstep.mutation.MutationFixture.deletion;
import static dev.lockstep.mutation.MutationFixture.insertion;
import static dev.lockstep.mutation.MutationFixture.updating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.database.Fuse;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.Commit;
import dev.lockstep.mutation.batch.BatchWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mutation of many rows whose process or connection ends at each step of its transaction. */
@OnEveryDatabase
class CrashesTest {
    private static final int MANY = 1_000;

    /** Enough for two batches of each collection. */
    private static final int SOME = 400;

    /** More steps than a transaction of {@link #MANY} changes has. One that has more fails the test. */
    private static final int STEPS_MAX = 200;

    private static final MutationFixture AGAIN = MutationFixture.in("p1").identified("m");

    private static final List<String> COLLECTIONS = List.of("tasks", "steps");

    private final TestDatabase database;

    CrashesTest(TestDatabase database) {
        this.database = database;
    }

    /** Half of them tasks and half of them steps: a batch that was cut in the middle would leave one half. */
    private static Mutation bulk(int size) {
        Change[] changes = Stream.iterate(0, i -> i < size, i -> i + 1)
                .map(i -> i % 2 == 0
                        ? insertion("tasks", "t" + i, Map.of("title", "t"))
                        : insertion("steps", "s" + i, Map.of("text", "t")))
                .toArray(Change[]::new);
        return MutationFixture.in("p1").identified("m").bulk(changes);
    }

    /**
     * Submits a mutation to a writer that runs under the fuse, on this thread; returns the result, if the writer
     * survives.
     */
    private static CompletionStage<MutationResult> send(TestDatabase database, Fuse fuse, Mutation mutation) {
        OneBatch once = new OneBatch(database.transactions());
        BatchWriter writer = new EngineFixture(database, once).writer();
        once.stops(writer);
        CompletionStage<MutationResult> answer = writer.submit(mutation);
        try {
            fuse.during(() -> {
                writer.run();
                return writer;
            });
        } catch (Fuse.Crash end) {
            assertThat(fuse.isBlown()).isTrue();
        }
        return answer;
    }

    private static boolean isApplied(CompletionStage<MutationResult> answer) {
        return answer.toCompletableFuture().isDone() && Results.isApplied(EngineFixture.get(answer));
    }

    /**
     * Asserts that rows, log and replay agree, and contain all of the mutation or nothing. Returns whether they contain
     * it.
     */
    private static boolean isDone(EngineFixture engine, int size) {
        List<Commit> commits = engine.commits();
        boolean done = !commits.isEmpty();
        assertThat(commits).hasSize(done ? 1 : 0);
        assertThat(commits)
                .flatExtracting(Commit::actions)
                .extracting(action -> action.seq().value())
                .isEqualTo(LongStream.rangeClosed(1, done ? size : 0).boxed().toList());
        for (String collection : COLLECTIONS) {
            List<String> rows = engine.json(collection, "p1");
            assertThat(rows).hasSize(done ? size / 2 : 0);
            assertThat(List.copyOf(engine.replayed(collection, "p1").values()))
                    .isEqualTo(rows.stream().sorted().toList());
        }
        return done;
    }

    @Test
    @Tag("MUT1")
    @Tag("MUT2")
    @DisplayName(
            "[MUT1][MUT2] a process that ends at any step leaves all of a mutation or nothing; sent again, it is applied once")
    void processEnds() {
        List<Boolean> done = new ArrayList<>();
        boolean blown = true;
        while (blown) {
            assertThat(done).hasSizeLessThan(STEPS_MAX);
            database.emptied();
            EngineFixture after = new EngineFixture(database);
            Fuse fuse = Fuse.ofProcess(done.size());
            CompletionStage<MutationResult> answer = send(database, fuse, bulk(MANY));
            done.add(isDone(after, MANY));
            assertThat(done.getLast() || !isApplied(answer))
                    .as("an answer before its time")
                    .isTrue();

            MutationResult again = after.alone(bulk(MANY));
            assertThat(Results.applied(again).rows()).hasSize(MANY).allMatch(Optional::isPresent);
            assertThat(after.commits()).hasSize(1);
            assertThat(after.list("tasks", "p1")).hasSize(MANY / 2);
            blown = fuse.isBlown();
        }
        // With the last step the commit was complete; so it was without a fuse.
        assertThat(done.subList(0, done.size() - 2)).containsOnly(false);
        assertThat(done.subList(done.size() - 2, done.size())).containsOnly(true);
    }

    @Test
    @Tag("MUT11")
    @DisplayName("[MUT11] a connection that is lost at any step causes no wrong answer")
    void connectionIsLost() {
        boolean blown = true;
        for (int step = 0; blown; step++) {
            assertThat(step).isLessThan(STEPS_MAX);
            database.emptied();
            EngineFixture after = new EngineFixture(database);
            Fuse fuse = Fuse.ofConnection(step);
            MutationResult answer = EngineFixture.get(send(database, fuse, bulk(SOME)));
            assertThat(Results.isApplied(answer)).isEqualTo(isDone(after, SOME));
            assertThat(Results.isApplied(answer) || Results.code(answer).retryable())
                    .isTrue();

            MutationResult again = after.alone(bulk(SOME));
            assertThat(isDone(after, SOME)).isTrue();
            assertThat(again).isEqualTo(Results.isApplied(answer) ? Results.again(answer) : again);
            blown = fuse.isBlown();
        }
    }

    static Stream<Named<Mutation>> kinds() {
        return Stream.of(
                Named.of("insert", AGAIN.insertsTask("new", "t")),
                Named.of("update", AGAIN.retitlesTask("t1", "changed")),
                Named.of("delete", AGAIN.deletesTask("t1")),
                Named.of("delete with its children", AGAIN.deletes("binders", "b")),
                Named.of("move", AGAIN.moves("errands", "e", "p2")),
                Named.of(
                        "bulk of all kinds",
                        AGAIN.bulk(
                                insertion("tasks", "new", Map.of("title", "t")),
                                updating("tasks", "t1", Map.of("title", "changed")),
                                deletion("tasks", "t2"),
                                deletion("binders", "b"))));
    }

    private EngineFixture withRows() {
        EngineFixture engine = new EngineFixture(database.emptied());
        MutationFixture room = MutationFixture.in("p1");
        List<MutationResult> answers = engine.together(
                room.insertsTask("t1", "t"),
                room.insertsTask("t2", "t"),
                room.inserts("binders", "b", Map.of()),
                room.inserts("sheets", "s", Map.of("binder", "b")),
                room.inserts("remarks", "r", Map.of("sheet", "s")),
                room.inserts("errands", "e", Map.of()));
        assertThat(answers).allMatch(Results::isApplied);
        return engine;
    }

    /** The rows of all collections, and the number of commits. */
    private static List<String> state(EngineFixture engine) {
        List<String> state =
                new ArrayList<>(List.of(Integer.toString(engine.commits().size())));
        for (String collection : List.of("tasks", "binders", "sheets", "remarks", "errands")) {
            for (String room : List.of("p1", "p2")) {
                state.addAll(engine.json(collection, room));
            }
        }
        return state;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @Tag("MUT2")
    @Tag("MUT11")
    @DisplayName(
            "[MUT2][MUT11] a mutation of any kind whose connection is lost at any step happens completely or not at all;"
                    + " sent again, it has happened once")
    void connectionIsLost(Mutation mutation) {
        EngineFixture usual = withRows();
        List<String> before = state(usual);
        assertThat(usual.alone(mutation)).matches(Results::isApplied);
        List<String> done = state(usual);
        assertThat(done).isNotEqualTo(before);

        boolean blown = true;
        for (int step = 0; blown; step++) {
            assertThat(step).isLessThan(STEPS_MAX);
            EngineFixture after = withRows();
            Fuse fuse = Fuse.ofConnection(step);
            MutationResult answer = EngineFixture.get(send(database, fuse, mutation));
            assertThat(state(after)).isEqualTo(Results.isApplied(answer) ? done : before);
            assertThat(Results.isApplied(answer) || Results.code(answer) == ErrorCode.UNAVAILABLE)
                    .as("step %s: %s", step, answer)
                    .isTrue();

            assertThat(after.alone(mutation)).matches(Results::isApplied);
            assertThat(state(after)).isEqualTo(done);
            blown = fuse.isBlown();
        }
    }
}
