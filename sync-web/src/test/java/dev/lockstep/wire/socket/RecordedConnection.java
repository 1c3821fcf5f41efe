package dev.lockstep.wire.socket;

import dev.lockstep.api.Caller;
import dev.lockstep.api.Seq;
import dev.lockstep.metrics.MetricsFixture;
import dev.lockstep.room.BacklogRead;
import dev.lockstep.room.Encoder;
import dev.lockstep.room.RoomSubscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A connection with one subscription that records what it sends, for tests outside this package. */
public final class RecordedConnection {
    private final Executor writer;
    private final Consumer<String> onFrame;
    private final List<String> closed = new ArrayList<>();
    private final SocketSession session;
    private final Subscription subscription;
    private int writes;

    /**
     * A connection. Some of its writes complete before the call returns, others later.
     *
     * @param onFrame receives each frame that is sent
     */
    public RecordedConnection(
            SubscriptionProtocol protocol, ConnectionPolicy policy, Executor writer, Consumer<String> onFrame) {
        this.writer = writer;
        this.onFrame = onFrame;
        session = new SocketSession(
                "7", new Socket(), policy, SocketLimits.DEFAULTS, Runnable::run, new MetricsFixture().metrics());
        subscription = session.add(protocol, Runnable::run);
    }

    /** The connection itself, of an anonymous caller. Its requests are executed at once. */
    public Connection connection() {
        return new Connection(
                session, new SerialExecutor(Runnable::run), Caller.anonymous("workshop"), rooms -> Runnable::run);
    }

    /** The subscription, as its room sees it. */
    public RoomSubscriber subscriber() {
        return subscription;
    }

    /** The subscription may begin to read its backlog. */
    public void startBacklog(Runnable rejoin) {
        subscription.startBacklog(new Backlog.Source() {
            @Override
            public CompletionStage<BacklogRead<List<Frame>>> missed(Seq after, Seq upTo, Encoder<List<Frame>> encoder) {
                return CompletableFuture.failedStage(new IllegalStateException("the log is not read"));
            }

            @Override
            public void rejoin() {
                rejoin.run();
            }
        });
    }

    /** The subscription may begin to read its backlog from a log. */
    public void startBacklog(Backlog.Source log) {
        subscription.startBacklog(log);
    }

    /** Responses were added to those of the subscription. */
    public void responsesAdded() {
        session.flush();
    }

    /** The code and the reason of each close. */
    public List<String> closed() {
        return closed;
    }

    private final class Socket implements SocketWriter {
        @Override
        public void write(Runnable turn) {
            writer.execute(turn);
        }

        @Override
        public void flushNow() {}

        @Override
        public void send(List<Frame> frames, Consumer<Boolean> done) {
            frames.forEach(frame -> onFrame.accept(frame.text()));
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
            closed.add(code + " " + reason);
        }
    }
}
