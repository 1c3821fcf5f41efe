package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.RoomId;
import dev.lockstep.database.OnEveryDatabase;
import dev.lockstep.database.StatementPipeline;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.TransactionFailed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stamps of mutations. */
@OnEveryDatabase
class RoomStampsTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final RoomId OTHER = new RoomId("workshop", "p2");
    private static final long NOW = 1_000_000;
    private static final int WRITERS = 4;

    private final TestDatabase database;
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

    RoomStampsTest(TestDatabase database) {
        this.database = database.emptied();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static void save(RoomStamps stamps, Connection connection) throws SQLException {
        StatementPipeline closing = new StatementPipeline(connection);
        stamps.save(closing);
        closing.execute();
    }

    private long stamp(RoomId room, long nowMicros) {
        return database.transactions().run(scope -> {
            RoomStamps stamps = RoomStamps.lock(scope.connection(), Set.of(ROOM, OTHER));
            long stamp = stamps.next(Set.of(room), nowMicros);
            save(stamps, scope.connection());
            return stamp;
        });
    }

    @Test
    @Tag("LOG5")
    @DisplayName("[LOG5] a mutation is stamped with the time, in each room independently")
    void theTime() {
        assertThat(stamp(ROOM, NOW)).isEqualTo(NOW);
        assertThat(stamp(OTHER, NOW)).isEqualTo(NOW);
        assertThat(stamp(ROOM, NOW + 50)).isEqualTo(NOW + 50);
    }

    @Test
    @Tag("LOG5")
    @DisplayName("[LOG5] stamps grow where the clock stands still or goes back")
    void growWithoutTheClock() {
        stamp(ROOM, NOW);

        assertThat(stamp(ROOM, NOW)).isEqualTo(NOW + 1);
        assertThat(stamp(ROOM, NOW - 500)).isEqualTo(NOW + 2);
    }

    @Test
    @Tag("LOG5")
    @DisplayName("[LOG5] stamps grow within one transaction")
    void growWithinOne() {
        List<Long> stamps = database.transactions().run(scope -> {
            RoomStamps locked = RoomStamps.lock(scope.connection(), Set.of(ROOM));
            return List.of(
                    locked.next(Set.of(ROOM), NOW), locked.next(Set.of(ROOM), NOW), locked.next(Set.of(ROOM), NOW + 9));
        });

        assertThat(stamps).containsExactly(NOW, NOW + 1, NOW + 9);
    }

    @Test
    @Tag("LOG5")
    @DisplayName("[LOG5] a mutation in two rooms has one stamp, later than the last of both")
    void twoRooms() {
        stamp(ROOM, NOW);
        stamp(OTHER, NOW + 70);
        long both = database.transactions().run(scope -> {
            RoomStamps stamps = RoomStamps.lock(scope.connection(), Set.of(ROOM, OTHER));
            long stamp = stamps.next(Set.of(ROOM, OTHER), NOW);
            save(stamps, scope.connection());
            return stamp;
        });

        assertThat(both).isEqualTo(NOW + 71);
        assertThat(stamp(ROOM, NOW)).isEqualTo(NOW + 72);
        assertThat(stamp(OTHER, NOW)).isEqualTo(NOW + 72);
    }

    @Test
    @Tag("LOG5")
    @DisplayName("[LOG5] of two first writers of a room at once, one has to retry")
    void bothFirst() throws Exception {
        CyclicBarrier bothHaveSeenNoStamp = new CyclicBarrier(2);
        Callable<Optional<String>> writer = () -> {
            try {
                database.transactions().run(scope -> {
                    RoomStamps stamps = RoomStamps.lock(scope.connection(), Set.of(ROOM));
                    meet(bothHaveSeenNoStamp);
                    long stamp = stamps.next(Set.of(ROOM), NOW);
                    save(stamps, scope.connection());
                    return stamp;
                });
                return Optional.empty();
            } catch (TransactionFailed e) {
                return e.sql().map(SQLException::getSQLState);
            }
        };
        List<Optional<String>> refusals = new ArrayList<>();
        for (Future<Optional<String>> done : threads.invokeAll(List.of(writer, writer))) {
            refusals.add(done.get());
        }

        assertThat(refusals).containsExactlyInAnyOrder(Optional.empty(), Optional.of("40001"));
        assertThat(stamp(ROOM, NOW)).isEqualTo(NOW + 1);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("LOG5")
    @DisplayName("[LOG5] concurrent writers of one room never take the same stamp")
    void concurrent() throws Exception {
        stamp(ROOM, NOW);
        stamp(OTHER, NOW);
        Callable<List<Long>> writer = () -> {
            List<Long> taken = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                taken.add(stamp(ROOM, NOW));
            }
            return taken;
        };
        List<Long> all = new ArrayList<>();
        for (Future<List<Long>> done : threads.invokeAll(Collections.nCopies(WRITERS, writer))) {
            assertThat(done.get()).isSorted();
            all.addAll(done.get());
        }

        assertThat(all).doesNotHaveDuplicates().hasSize(WRITERS * 25);
    }
}
