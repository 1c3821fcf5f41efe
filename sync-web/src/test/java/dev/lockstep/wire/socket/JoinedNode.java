package dev.lockstep.wire.socket;

import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import dev.lockstep.metrics.ApplicationMetrics;
import dev.lockstep.metrics.MetricsFixture;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.FeedFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * A node with one room, its log, and sockets that join with a cursor while commits arrive. The test controls its
 * threads: a publisher, a reader of the log, and a writer to sockets.
 */
final class JoinedNode {
    /** Commits in a page of the log. */
    private static final int PAGE_COMMITS_MAX = 3;

    private static final ApplicationMetrics METRICS = new MetricsFixture().metrics();

    private final FeedFixture feed;
    private final AtomicLong committed = new AtomicLong();
    private final List<Subscription> subscriptions = new ArrayList<>(); // of the publisher thread
    private final Threads threads;

    /**
     * The threads of the node.
     *
     * @param publisher delivers commits and joins sockets; one thread
     * @param reader reads the log, and notifies the publisher of commits
     * @param writer writes to sockets; one thread
     * @param pause runs where a thread may be preempted
     */
    record Threads(Executor publisher, Executor reader, Executor writer, Runnable pause) {}

    /** @param commitsMax number of commits that the room keeps: sockets that are further behind fall off */
    JoinedNode(Threads threads, int commitsMax) {
        this.threads = threads;
        this.feed = new FeedFixture(commitsMax);
    }

    /** Appends the next commit. The publisher is notified later: a client may have read the commit by then. */
    void commit() {
        committed.incrementAndGet();
        threads.reader().execute(() -> threads.publisher().execute(this::deliver));
    }

    /** The last position of the log. */
    long head() {
        return committed.get();
    }

    private void deliver() {
        feed.append(threads.pause());
        threads.pause().run();
        for (Subscription each : subscriptions) {
            each.onAvailable();
            threads.pause().run();
        }
    }

    private List<Frame> encoded(Commit commit) {
        threads.pause().run();
        return List.of(new Frame(commit.last().toString(), commit.last()));
    }

    /** A socket whose client has seen everything up to a cursor. It begins to join the room. */
    RecordedSocket join(long cursor) {
        RecordedSocket socket = new RecordedSocket(cursor, threads.writer());
        Subscription subscription = socket.session.add(
                ProtocolFixture.resuming(this::encoded, cursor).withCaughtUp((at, sent) -> new Frame("caught up")),
                Runnable::run);
        threads.pause().run();
        threads.publisher().execute(() -> {
            subscriptions.add(subscription);
            subscription.onJoined(feed.joinedNow());
        });
        threads.pause().run();
        subscription.startBacklog(new Log(subscription));
        return socket;
    }

    /** The log, as one socket reads its pages. */
    private final class Log implements Backlog.Source {
        private final Subscription subscription;

        Log(Subscription subscription) {
            this.subscription = subscription;
        }

        @Override
        public CompletionStage<BacklogRead<List<Frame>>> missed(Seq after, Seq upTo, Encoder<List<Frame>> encoder) {
            CompletableFuture<BacklogRead<List<Frame>>> page = new CompletableFuture<>();
            threads.reader().execute(() -> {
                long last = Math.min(Math.min(upTo.value(), head()), after.value() + PAGE_COMMITS_MAX);
                List<List<Frame>> frames = LongStream.rangeClosed(after.value() + 1, last)
                        .mapToObj(Seq::new)
                        .map(at -> List.of(new Frame(at.toString(), at)))
                        .toList();
                threads.pause().run();
                page.complete(new BacklogRead.Page<>(frames, new Seq(Math.max(after.value(), last))));
            });
            return page;
        }

        @Override
        public void rejoin() {
            threads.publisher().execute(() -> subscription.onJoined(feed.joinedNow()));
        }
    }

    /** A socket that records its frames. Some of its writes complete before the call returns, others later. */
    static final class RecordedSocket implements SocketWriter {
        private final Executor writer;
        private final long cursor;
        private final List<String> sent = new ArrayList<>();
        private final SocketSession session;
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private int writes;

        RecordedSocket(long cursor, Executor writer) {
            this.cursor = cursor;
            this.writer = writer;
            this.session = new SocketSession(
                    "7", this, ConnectionPolicy.COMMON, SocketLimits.DEFAULTS, Runnable::run, METRICS);
        }

        @Override
        public void write(Runnable turn) {
            writer.execute(turn);
        }

        @Override
        public void flushNow() {}

        @Override
        public void send(List<Frame> frames, Consumer<Boolean> done) {
            synchronized (sent) {
                frames.stream().map(Frame::text).forEach(sent::add);
                sent.notifyAll();
            }
            if (writes++ % 2 == 0) {
                done.accept(true);
            } else {
                writer.execute(() -> done.accept(true));
            }
        }

        @Override
        public void ping(Consumer<Boolean> done) {
            done.accept(true);
        }

        @Override
        public void close(int code, String reason) {
            closed.complete(code + " " + reason);
        }

        /** The expected frames if the log ends there: each commit after its cursor once, in order. */
        List<String> expected(long head) {
            return LongStream.rangeClosed(cursor + 1, head)
                    .mapToObj(Long::toString)
                    .toList();
        }

        /** The sent commits, and the reason of a close. */
        List<String> commits() {
            synchronized (sent) {
                List<String> commits = new ArrayList<>(sent);
                commits.remove("caught up"); // once
                if (closed.isDone()) {
                    commits.add("closed " + closed.join());
                }
                return commits;
            }
        }

        boolean hasCaughtUp() {
            synchronized (sent) {
                return sent.contains("caught up");
            }
        }

        /** Waits until it was sent this many frames, or the time is over. */
        void awaitFrames(int count, long deadlineNanos) throws InterruptedException {
            synchronized (sent) {
                long left = deadlineNanos - System.nanoTime();
                while (sent.size() < count && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(sent, left);
                    left = deadlineNanos - System.nanoTime();
                }
            }
        }
    }
}
