package dev.lockstep.wire.socket;

import dev.lockstep.api.Seq;
import dev.lockstep.metrics.ApplicationMetrics;
import dev.lockstep.metrics.DisconnectReason;
import dev.lockstep.wire.socket.ConnectionPolicy.Close;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The sending side of a WebSocket: responses, and the frames of subscriptions. A subscription is a place in the rings of
 * its rooms, so that a slow reader costs no memory: one write is on its way at a time, and the next frames are taken when
 * it has left. Thread-safe.
 */
final class SocketSession implements Subscription.Listener {
    private static final Logger LOG = System.getLogger(SocketSession.class.getName());

    private final String id;
    private final SocketWriter writer;
    private final ConnectionPolicy policy;
    private final SocketLimits limits;
    private final Executor closer;
    private final ApplicationMetrics metrics;

    // The thread that raises signals from 0 owns the outbox, until it has put them back to 0.
    private final AtomicInteger signals = new AtomicInteger();

    @SuppressWarnings("UnnecessaryLambda") // one object for all writes
    private final Runnable sending = () -> sendAll(false);

    private final AtomicInteger sendStep = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Outbox outbox;
    private volatile BiConsumer<Subscription, Seq> rightsCheck = (subscription, at) -> {};
    private volatile long progressNanos = System.nanoTime();
    private final Heartbeat heartbeat;

    /** A send was called, and has not reported yet. */
    private static final int CALLING = 1;

    /** The call has returned; the send will report when it is done. */
    private static final int AWAITED = 2;

    /** The send was done before its call returned. */
    private static final int DONE = 3;

    /**
     * A session without subscriptions.
     *
     * @param id names it in logs
     * @param closer closes the socket, which may block
     */
    SocketSession(
            String id,
            SocketWriter writer,
            ConnectionPolicy policy,
            SocketLimits limits,
            Executor closer,
            ApplicationMetrics metrics) {
        this.id = id;
        this.writer = writer;
        this.policy = policy;
        this.outbox = new Outbox(policy.responsesMax(), ended::get);
        this.limits = limits;
        this.heartbeat = new Heartbeat(limits, System.nanoTime());
        this.closer = closer;
        this.metrics = metrics;
    }

    ConnectionPolicy policy() {
        return policy;
    }

    /**
     * Adds a subscription. Its frames leave once it has joined its rooms.
     *
     * @param filters where the read filters of its rooms run, which may block
     */
    Subscription add(SubscriptionProtocol protocol, Executor filters) {
        Subscription subscription = new Subscription(protocol, this, filters);
        outbox.add(subscription);
        onAvailable();
        return subscription;
    }

    /** Removes a subscription. Nothing more of it leaves once this has returned. */
    void remove(Subscription subscription) {
        outbox.remove(subscription);
        onAvailable();
    }

    List<Subscription> subscriptions() {
        return outbox.subscriptions();
    }

    boolean has(Subscription subscription) {
        return outbox.has(subscription);
    }

    /** Runs when a subscription has reached a position at which the rights of the caller changed. */
    void setRightsCheck(BiConsumer<Subscription, Seq> check) {
        rightsCheck = check;
    }

    @Override
    public void onRightsChanged(Subscription subscription, Seq at) {
        rightsCheck.accept(subscription, at);
    }

    @Override
    public void onPurgeImpossible() {
        close(policy.rightsChanged());
    }

    /** Sends a response, between two commits. */
    void send(Frame frame) {
        if (outbox.offer(frame)) {
            flush();
        } else {
            close(policy.responsesUnread());
        }
    }

    /** There is something to send that a client waits for. */
    void flush() {
        onAvailable();
        writer.flushNow();
    }

    /** Sends a last frame, between two commits, and closes the socket when it has left. */
    void closeAfter(Frame frame, Close close) {
        outbox.closeAfter(new Outbox.FinalFrame(frame, close));
        flush();
    }

    @Override
    public void onBacklogUnreadable() {
        Close close = policy.backlogUnreadable();
        policy.backlogUnreadableFrame().ifPresentOrElse(frame -> closeAfter(frame, close), () -> close(close));
    }

    @Override
    public void onFellBehind() {
        disconnect(DisconnectReason.FELL_BEHIND, policy.fellBehind());
    }

    @Override
    public void onHistoryLost() {
        close(policy.restored());
    }

    @Override
    public void onAvailable() {
        if (signals.getAndIncrement() == 0) {
            progressNanos = System.nanoTime();
            writer.write(sending);
        }
    }

    /**
     * Sends until nothing is left, or a write is on its way, whose end continues here. Where read filters run, which may
     * block, frames are taken on their executor, and sent by the writer.
     *
     * @param mayFilter whether this thread may run filters
     */
    private void sendAll(boolean mayFilter) {
        while (!ended.get()) {
            int seen = signals.get();
            boolean pongs = !outbox.isClosing() && heartbeat.hasPongs();
            if (mayFilter && (heartbeat.isPingDue() || pongs)) {
                writer.write(sending); // they wait for no filter
                return;
            }
            if (!mayFilter && !(sendHeartbeat(pongs) && isSentInline())) {
                return;
            }
            List<Frame> frames = outbox.take();
            if (frames.isEmpty()) {
                if (signals.compareAndSet(seen, 0)) {
                    return;
                }
            } else if (mayFilter) {
                writer.write(() -> sendThenContinue(frames));
                return;
            } else if (!sendNow(done -> writer.send(frames, done))) {
                return;
            }
        }
    }

    /** Sends a ping and answers to pings, if they are due; whether they have left at once. */
    private boolean sendHeartbeat(boolean pongs) {
        boolean ping = heartbeat.takePing();
        if (ping || pongs) {
            outbox.subscriptions().forEach(Subscription::requestProgress);
        }
        if (ping && !sendNow(done -> writer.ping(done))) {
            return false;
        }
        return !pongs || sendNow(done -> writer.send(heartbeat.takePongs(), done));
    }

    /** Whether frames are taken on this thread; else sending continues where read filters run. */
    private boolean isSentInline() {
        for (Subscription each : outbox.subscriptions()) {
            if (each.isFiltered()) {
                each.filterExecutor().execute(() -> sendAll(true));
                return false;
            }
        }
        return true;
    }

    private void sendThenContinue(List<Frame> frames) {
        if (sendNow(done -> writer.send(frames, done))) {
            sendAll(false);
        }
    }

    /** The caller's rights are being checked: until {@link #resume} nothing leaves but pings and pongs. */
    void pause() {
        outbox.pause();
    }

    /** The caller's rights are known. */
    void resume() {
        outbox.resume();
        onAvailable();
    }

    // Without the three steps a socket that takes frames at once would recurse one call deeper with each.
    private boolean sendNow(Consumer<Consumer<Boolean>> send) {
        sendStep.set(CALLING);
        send.accept(this::sent);
        return !sendStep.compareAndSet(CALLING, AWAITED);
    }

    private void sent(boolean ok) {
        progressNanos = System.nanoTime();
        Optional<Outbox.FinalFrame> last = outbox.finalFrameTaken();
        if (last.isPresent()) {
            close(last.get().close());
        } else if (!ok) {
            close(new Close(ConnectionPolicy.CLOSED_FAULT, "a frame could not be sent; reconnect"));
        }
        if (!sendStep.compareAndSet(CALLING, DONE)) {
            sendAll(false);
        }
    }

    /** The client has sent something. */
    void received(long nowNanos) {
        heartbeat.received(nowNanos);
    }

    /** Answers a client's own ping, before all else that waits, also while rights are checked. */
    void pong(Frame answer) {
        heartbeat.pong(answer);
        flush();
    }

    /** Pings the client, and closes the socket of one that is silent or too slow. One thread at a time calls it, repeatedly. */
    void checkTimeouts(long nowNanos) {
        closeIfStalled(nowNanos);
        if (heartbeat.isSilent(nowNanos)) {
            disconnect(DisconnectReason.SILENT, policy.silent());
        } else if (heartbeat.isPingDue(nowNanos)) {
            onAvailable();
        }
    }

    /** Closes the session if it has had something to send for too long, and could not. */
    void closeIfStalled(long nowNanos) {
        if (signals.get() == 0) {
            progressNanos = nowNanos; // nothing to send: idle is not slow
        } else if (!ended.get()
                && nowNanos - progressNanos > limits.writeTimeout().toNanos()) {
            LOG.log(
                    Level.WARNING,
                    "session={0}: its write has made no progress for {1} s; closed with {2}",
                    id,
                    limits.writeTimeout().toSeconds(),
                    String.valueOf(policy.stalled().code())); // else with a comma in it
            disconnect(DisconnectReason.STALLED, policy.stalled());
        }
    }

    /** More requests of the client wait than are kept. The client repeats those without an answer. */
    void closeForFlooding() {
        disconnect(DisconnectReason.TOO_MANY_REQUESTS, policy.flooding());
    }

    private void disconnect(DisconnectReason why, Close close) {
        if (closeOnce(close)) {
            metrics.disconnected(why);
        }
    }

    /** Closes the socket, once. */
    void close(Close close) {
        closeOnce(close);
    }

    private boolean closeOnce(Close close) {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            try {
                closer.execute(() -> writer.close(close.code(), close.fittingReason()));
            } catch (RejectedExecutionException stopping) { // the server closes the socket itself
                LOG.log(Level.DEBUG, "session=" + id + " is closed by the server, which stops", stopping);
            }
        }
        return first;
    }

    /** The socket is gone. */
    void closed() {
        ended.set(true);
    }
}
