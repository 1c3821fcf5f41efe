package dev.lockstep.delivery;

import static dev.lockstep.log.LogEntryFixture.ANY_GROUP;
import static dev.lockstep.log.LogEntryFixture.logEntryFixture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.room.Visibility;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Subscribers that join with a cursor while this node's writer and others commit, all on one thread. A seed decides the
 * order of steps. {@code -Dlockstep.joining.seed} repeats one order, {@code -Dlockstep.joining.rounds} sets the number
 * of rounds.
 */
class JoiningTest {
    private static final String SEED = "lockstep.joining.seed";
    private static final String ROUNDS = "lockstep.joining.rounds";
    private static final int BUILD_ROUNDS = 3;

    /** The number of times in a round that all work is completed and the subscribers leave. */
    private static final int RESTS = 10;

    private static final int STEPS = 150;

    /** Steps until all work is completed. */
    private static final int REST_ROUNDS_MAX = 50;

    private static final int BEHIND_MAX = 10;
    private static final Visibility ALL = Visibility.of(Set.of(new CollectionName("tasks")));
    private static final Encoder<Long> PLACE = commit -> commit.last().value();

    @Test
    @Tag("ROOM1")
    @Tag("WIRE4")
    @DisplayName("[ROOM1][WIRE4] in any order of the steps, missed and live commits meet at the subscriber's position")
    void anyOrder() {
        Long given = Long.getLong(SEED);
        long first = given == null ? System.nanoTime() : given;
        int rounds = given == null ? Integer.getInteger(ROUNDS, BUILD_ROUNDS) : 1;
        for (long seed = first; seed < first + rounds; seed++) {
            try (Round round = new Round(new Random(seed))) {
                round.run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("failed with -D" + SEED + "=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static RoomId room(String name) {
        return new RoomId("workshop", name);
    }

    /** A node on an empty database, and its events. */
    private static final class Round implements AutoCloseable {
        private final TestDatabase database = TestDatabase.h2().emptied();
        private final SteppedPublisherFixture post = new SteppedPublisherFixture(database);
        private final ActionLog log = new ActionLog();
        private final List<Commit> commits = new ArrayList<>();
        private final Queue<Commit> unhanded = new ArrayDeque<>();
        private final List<Joiner> joiners = new ArrayList<>();
        private final Random random;

        Round(Random random) {
            this.random = random;
        }

        void run() {
            for (int i = 0; i < RESTS; i++) {
                for (int j = 0; j < STEPS; j++) {
                    step();
                }
                rest();
            }
        }

        @Override
        public void close() {
            post.close();
        }

        private void commits(String room) {
            commits.addAll(database.transactions()
                    .run(scope -> log.append(
                            scope.connection(),
                            ANY_GROUP,
                            List.of(List.of(logEntryFixture().in(room).entry())))));
        }

        private void writerCommits(String room) {
            post.publisher().announce();
            commits(room);
            unhanded.add(commits.getLast());
        }

        private void publish() {
            if (!unhanded.isEmpty()) {
                post.publisher().publish(List.of(new CommittedMutation(Optional.of(unhanded.remove()), () -> {})));
            }
        }

        private void join() {
            List<RoomId> rooms = switch (random.nextInt(3)) {
                case 0 -> List.of(room("p1"));
                case 1 -> List.of(room("p2"));
                default -> List.of(room("p1"), room("p2"));
            };
            Joiner joiner = new Joiner(rooms, Math.max(0, commits.size() - random.nextInt(BEHIND_MAX + 1)));
            joiners.add(joiner);
            post.publisher().join(rooms, joiner);
        }

        private void step() {
            String room = random.nextBoolean() ? "p1" : "p2";
            switch (random.nextInt(20)) {
                case 0, 1 -> writerCommits(room);
                case 2, 3 -> publish();
                case 4 -> commits(room); // another node's commit
                case 5 -> post.publisher().pollNow();
                case 6, 7, 8 -> post.deliver();
                case 9, 10 -> post.poll();
                case 11, 12, 13 -> post.readNextPending();
                case 14, 15 -> join();
                default -> joiners.forEach(Joiner::read);
            }
        }

        private void rest() {
            for (int i = 0; i < REST_ROUNDS_MAX && !joiners.stream().allMatch(Joiner::isDone); i++) {
                while (!unhanded.isEmpty()) {
                    publish();
                }
                post.publisher().pollNow();
                post.publish();
                post.readPending();
                post.publish();
                joiners.forEach(Joiner::read);
            }
            for (Joiner each : joiners) {
                assertThat(each.received).as("what is behind %s", each.cursor).isEqualTo(each.expected());
                post.publisher().leave(each.rooms, each);
            }
            joiners.clear();
            post.publish();
        }

        /** A subscriber that has seen every commit up to a cursor. */
        private final class Joiner implements RoomSubscriber {
            private final List<RoomId> rooms;
            private final Seq cursor;
            private final List<Long> received = new ArrayList<>();
            private Seq seen;
            private boolean cursorIsKnown;
            private @Nullable Joined at;
            private @Nullable CompletableFuture<BacklogRead<Long>> page;

            Joiner(List<RoomId> rooms, long cursor) {
                this.rooms = rooms;
                this.cursor = new Seq(cursor);
                this.seen = this.cursor;
            }

            @Override
            public void onJoined(Joined now) {
                at = now;
            }

            @Override
            public void onAvailable() {}

            List<Long> expected() {
                return commits.stream()
                        .filter(commit -> commit.last().isAfter(cursor))
                        .filter(commit -> commit.byRoom().keySet().stream().anyMatch(rooms::contains))
                        .map(commit -> commit.last().value())
                        .toList();
            }

            boolean isDone() {
                return received.size() >= expected().size();
            }

            /** Reads all deliveries, as a session does: pages up to its joining position, then the feed. */
            void read() {
                Joined joined = at;
                if (joined == null) {
                    return;
                }
                if (!cursorIsKnown || joined.position().isAfter(seen)) {
                    readMissed(joined);
                } else {
                    readLive(joined.feed());
                }
            }

            private void readMissed(Joined joined) {
                CompletableFuture<BacklogRead<Long>> asked = page;
                if (asked == null) {
                    page = post.backlog()
                            .read(rooms, ALL, Optional.empty(), seen, joined.position(), PLACE)
                            .toCompletableFuture();
                } else if (asked.isDone()) {
                    BacklogRead.Page<Long> some = (BacklogRead.Page<Long>) asked.join();
                    received.addAll(some.commits());
                    seen = some.reached();
                    cursorIsKnown = true;
                    page = null;
                }
            }

            private void readLive(Feed feed) {
                while (feed.next() instanceof Feed.Next.Ready ready) {
                    Seq last = ready.encoded().seq();
                    if (last.isAfter(seen)) {
                        seen = last;
                        received.add(last.value());
                    }
                }
            }
        }
    }
}
