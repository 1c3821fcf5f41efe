package dev.lockstep.system.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.outage.Operation.Attempt;
import dev.lockstep.system.server.DatabaseProxy;
import dev.lockstep.system.server.DatabaseProxy.Cut;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The database goes away at each round trip of each operation. Round trips of background tasks count, too: an outage may
 * begin a little earlier in the operation than stated.
 */
public abstract class OutageContract {
    /** Length of an outage during which the operation is not replied to. */
    private static final long OUTAGE_MILLIS_MAX = 150;

    /** Longest wait for a reply after the database is back: that of a mutation. */
    private static final int REPLY_SECONDS_MAX = 15;

    /** Longest time until a repeat is executed: that of a probe of the database, with some reserve. */
    private static final int REPEAT_SECONDS_MAX = 5;

    /** Random round trips per operation and cut at which the build interrupts it. All of them with {@code -Dlockstep.outages=all}. */
    private static final int SAMPLES = 1;

    private static final boolean ALL =
            System.getProperty("lockstep.outages", "").equals("all");

    private final Server server;
    private final DatabaseProxy proxy;
    private final PostgresqlDatabase database;
    private final Api todos;
    private final List<Operation> operations;
    private final Random random = new Random();

    protected OutageContract(Server server, DatabaseProxy proxy, PostgresqlDatabase database) {
        this.server = server;
        this.proxy = proxy;
        this.database = database;
        this.todos = new Api(server.application("todo-app"));
        this.operations = Stream.of(
                        new NativeOperations(server, database).all(),
                        new StrataOperations(server, database).all(),
                        new ChannelOperations(server, database).all(),
                        new StoreOperations(server, database).all())
                .flatMap(List::stream)
                .toList();
    }

    @TestFactory
    @Tag("OPS8")
    @Tag("MUT11")
    @DisplayName("[OPS8][MUT11] an operation whose database goes away at any round trip is done, or refused as"
            + " unavailable; a repeat has one effect")
    Stream<DynamicTest> everyRoundTrip() throws IOException {
        int before = server.logged().length();
        return Stream.concat(
                operations.stream()
                        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> interrupt(operation))),
                Stream.of(DynamicTest.dynamicTest("nothing is left of the outages", () -> leftOver(before))));
    }

    /** A lost connection or an open transaction for each outage would exhaust the pool. */
    private void leftOver(int before) throws IOException {
        assertThat(server.logged().substring(before)).doesNotContain(" ERROR [dev.lockstep");
        Deadline.ofSeconds(10)
                .until(
                        "no transaction is open",
                        () -> database.query("select count(*) from pg_stat_activity"
                                        + " where state like 'idle in transaction%'")
                                .equals("0"));
    }

    private void interrupt(Operation operation) throws Exception {
        int trips = roundTrips(operation);
        assertThat(trips).as("round trips of the operation").isPositive();
        for (Cut cut : Cut.values()) {
            for (int trip : ALL
                    ? IntStream.range(0, trips).toArray()
                    : random.ints(SAMPLES, 0, trips).toArray()) {
                try (Attempt attempt = operation.prepare()) {
                    interrupted(attempt, trip, cut);
                } catch (AssertionError | Exception failed) {
                    throw new AssertionError(
                            "an outage at round trip " + trip + " of " + trips + ", " + cut + ": "
                                    + failed.getMessage(),
                            failed);
                } finally {
                    restore();
                }
            }
        }
    }

    /** The number of round trips without an outage. */
    private int roundTrips(Operation operation) throws Exception {
        try (Attempt attempt = operation.prepare()) {
            long before = proxy.roundTrips();
            Reply reply = attempt.send();
            long after = proxy.roundTrips();
            assertThat(reply.isDone()).as("%s", reply).isTrue();
            attempt.check(reply);
            attempt.checkRepeated(reply, attempt.send());
            return (int) (after - before);
        }
    }

    private void interrupted(Attempt attempt, int trip, Cut cut) throws Exception {
        Reply first;
        boolean met;
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            proxy.cutAfter(trip, cut);
            Future<Reply> reply = thread.submit(attempt::send);
            awaitReply(reply);
            met = proxy.disarm();
            restore();
            first = reply.get(REPLY_SECONDS_MAX, TimeUnit.SECONDS);
        }
        assertThat(met || first.isDone())
                .as("refused without an outage: %s", first)
                .isTrue();
        attempt.check(first);
        Reply second = repeated(attempt);
        attempt.checkRepeated(first, second);
    }

    /** As a client that sends a refused request again. */
    private static Reply repeated(Attempt attempt) {
        Deque<Reply> replies = new ArrayDeque<>();
        Deadline.ofSeconds(REPEAT_SECONDS_MAX).until("the repeat is executed", () -> {
            replies.add(attempt.send());
            return replies.getLast().isDone();
        });
        return replies.getLast();
    }

    private static void awaitReply(Future<Reply> reply) throws InterruptedException {
        try {
            reply.get(OUTAGE_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException later) {
            return; // it is read once the database is back
        }
    }

    /** Ends the outage, and waits until the server has noticed. */
    private void restore() {
        proxy.restore();
        Deadline.ofSeconds(20)
                .until(
                        "available again",
                        () -> todos.get("/api/default/todos?limit=1").status() == 200);
    }
}
