package dev.lockstep.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One thread appends, several read, without a lock. */
class ConcurrentReadersTest {
    private static final int READERS = 3;
    private static final int COMMITS = 20_000;
    private static final int WAIT_SECONDS_MAX = 30;
    private static final int UNTIL_COMPILED = 500;
    private static final int LOOKING_ROUNDS = 50;

    private final ExecutorService threads = Executors.newFixedThreadPool(READERS);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** The positions that a reader saw, and whether it fell behind after them. */
    private record Seen(List<Long> seqs, boolean fellBehind) {}

    private static Seen readAll(Feed feed) {
        List<Long> seqs = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        while (seqs.size() < COMMITS && System.nanoTime() < deadline) {
            switch (feed.next()) {
                case Feed.Next.Ready ready -> seqs.add(ready.encoded().seq().value());
                case Feed.Next.Nothing nothing -> Thread.onSpinWait();
                case Feed.Next.FellBehind behind -> {
                    return new Seen(seqs, true);
                }
            }
        }
        return new Seen(seqs, false);
    }

    private List<Seen> read(int ringCommits) throws Exception {
        CommitRing one = new CommitRing(ringCommits, Long.MAX_VALUE);
        CommitRing two = new CommitRing(ringCommits, Long.MAX_VALUE);
        AtomicLong published = new AtomicLong();
        CountDownLatch ready = new CountDownLatch(READERS);
        List<Future<Seen>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            Feed feed = new Feed(List.of(one.atEnd(), two.atEnd()), published);
            Callable<Seen> reader = () -> {
                ready.countDown();
                return readAll(feed);
            };
            readers.add(threads.submit(reader));
        }
        assertThat(ready.await(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        for (long seq = 1; seq <= COMMITS; seq++) {
            // Two at a time, the later one first: the result of a feed must not depend on the order in which its rings
            // are filled.
            long other = seq % 2 == 1 ? seq + 1 : seq - 1;
            (other % 2 == 0 ? two : one).append(new EncodedCommit(CommitFixture.at(other)));
            if (seq % 2 == 0) {
                published.set(seq);
            }
        }
        List<Seen> seen = new ArrayList<>();
        for (Future<Seen> reader : readers) {
            seen.add(reader.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS));
        }
        return seen;
    }

    private static void assertInOrderFromTheFirst(Seen seen) {
        for (int i = 0; i < seen.seqs().size(); i++) {
            assertThat(seen.seqs().get(i)).isEqualTo(i + 1L);
        }
    }

    @RepeatedTest(3)
    @Tag("ROOM1")
    @DisplayName("[ROOM1] readers see every commit of two rooms once and in order during appends")
    void allOfIt() throws Exception {
        for (Seen seen : read(COMMITS)) {
            assertThat(seen.fellBehind()).isFalse();
            assertThat(seen.seqs()).hasSize(COMMITS);
            assertInOrderFromTheFirst(seen);
        }
    }

    /** One round: a ring that keeps a single commit, so that each append cuts the one that is being read. */
    private static final class Round {
        private static final long LAST = 3;

        private final CommitRing ring = new CommitRing(1, Long.MAX_VALUE);
        private final AtomicLong published = new AtomicLong();
        private final Feed feed = new Feed(List.of(ring.atEnd()), published);
        private volatile boolean reading;
        private volatile boolean appended;

        /**
         * Starts the appender with the reader, as closely as two threads can.
         *
         * @param reader is not started if it is done
         */
        void append(Future<?> reader, long deadlineNanos) {
            while (!reading && !reader.isDone() && System.nanoTime() - deadlineNanos < 0) {
                Thread.onSpinWait();
            }
            for (long seq = 1; seq <= LAST; seq++) {
                ring.append(new EncodedCommit(CommitFixture.at(seq)));
                published.set(seq);
            }
            appended = true;
        }

        /** The reader's result. */
        Object read() {
            reading = true;
            while (true) {
                boolean complete = appended;
                switch (feed.next()) {
                    case Feed.Next.Ready ready -> {
                        if (ready.encoded().seq().value() == LAST) {
                            return LAST;
                        }
                    }
                    case Feed.Next.Nothing nothing -> {
                        if (complete) {
                            return "nothing, though not all was read";
                        }
                    }
                    case Feed.Next.FellBehind behind -> {
                        return behind;
                    }
                }
            }
        }
    }

    @Test
    @Tag("ROOM5")
    @DisplayName("[ROOM5] a reader whose commit is cut during the read continues, or learns that it fell behind")
    void cutWhileTaken() throws Exception {
        List<Round> rounds = Stream.generate(Round::new).limit(30_000).toList();
        CountDownLatch ready = new CountDownLatch(2);
        Future<List<Object>> ends = threads.submit(() -> {
            ready.countDown();
            ready.await();
            return rounds.stream().map(Round::read).toList();
        });
        ready.countDown();
        ready.await();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX);
        rounds.forEach(round -> round.append(ends, deadline));

        assertThat(ends.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS))
                .hasSize(rounds.size())
                .allMatch(end -> end.equals(Round.LAST) || end instanceof Feed.Next.FellBehind);
    }

    /**
     * No other thread writes to it except through the ring: a compiler may move reads that are not volatile out of it.
     */
    private static boolean seesNext(CommitRing.Reader cursor, long forNanos) {
        long started = System.nanoTime();
        while (System.nanoTime() - started < forNanos) {
            if (cursor.peek() != null) {
                return true;
            }
        }
        return false;
    }

    @Test
    @Tag("ROOM1")
    @DisplayName("[ROOM1] a reader that only polls sees what another thread appends")
    void looksAgain() throws Exception {
        for (int i = 0; i < UNTIL_COMPILED; i++) {
            seesNext(new CommitRing(1, Long.MAX_VALUE).atEnd(), TimeUnit.MILLISECONDS.toNanos(1));
        }
        for (int i = 0; i < LOOKING_ROUNDS; i++) {
            CommitRing ring = new CommitRing(1, Long.MAX_VALUE);
            CommitRing.Reader cursor = ring.atEnd();
            CountDownLatch looks = new CountDownLatch(1);
            Future<Boolean> seen = threads.submit(() -> {
                looks.countDown();
                return seesNext(cursor, TimeUnit.SECONDS.toNanos(WAIT_SECONDS_MAX / 2));
            });
            looks.await();
            ring.append(new EncodedCommit(CommitFixture.at(1)));

            assertThat(seen.get(WAIT_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        }
    }
}
