package dev.lockstep.wire.socket;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.metrics.ApplicationMetrics;
import dev.lockstep.metrics.DisconnectReason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One socket, and what it is sent: answers, and the course of the rooms that it follows. That is a place in the rooms'
 * rings, so that a slow reader costs no memory: one write is on its way at a time, the next frames are taken when that has
 * left. Thread-safe.
 */
public final class SocketSession implements Subscription.Listener {
    /** The code a socket is closed with that does not keep up; its client reconnects and reads what it missed. */
    public static final int CLOSED_TOO_SLOW = 4008;

    /** Policy violation (RFC 6455, section 7.4.1). */
    private static final int CLOSED_REFUSED = 1008;

    /**
     * The code a socket is closed with whose client cannot be told what it may not know any more; it reconnects and reads
     * its lists anew.
     */
    public static final int CLOSED_READ_ANEW = 4410;

    /** Unexpected condition (RFC 6455, section 7.4.1). */
    private static final int CLOSED_FAULT = 1011;

    /**
     * Most answers that wait to be sent to a client that asks and does not read, where its dialect says nothing else. One
     * more closes it with 1008.
     */
    static final int ANSWERS_MAX = 16;

    private static final Logger LOG = System.getLogger(SocketSession.class.getName());

    private final String id;
    private final SocketWriter writer;
    private final ClosePolicy closePolicy;
    private final SocketLimits limits;
    private final Executor closer;
    private final ApplicationMetrics metrics;

    // Whoever raises signals from 0 owns the outbox, until it has put them back to 0.
    private final AtomicInteger signals = new AtomicInteger();

    @SuppressWarnings("UnnecessaryLambda") // one object for all turns of the writer
    private final Runnable sending = () -> sendAll(false);

    private final AtomicInteger sendStep = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Outbox outbound;
    private volatile BiConsumer<Subscription, Seq> judging = (from, at) -> {};
    private volatile long progressNanos = System.nanoTime();
    private final Heartbeat heartbeat;

    /** A send was called, and has not said anything yet. */
    private static final int CALLING = 1;

    /** The call has returned; the send will say when it is done. */
    private static final int AWAITED = 2;

    /** The send was done before its call returned. */
    private static final int DONE = 3;

    /**
     * What a dialect's contract says of ends of sockets.
     *
     * @param silentCode the code for a client that answers no ping
     * @param silentReason the reason for it
     * @param unreadable what is said before the close with 1011, if what was missed cannot be read
     * @param answersMax most answers that wait to be sent; one more closes the socket with 1008
     */
    public record ClosePolicy(int silentCode, String silentReason, Optional<Frame> unreadable, int answersMax) {
        /** Where no contract says anything. */
        public static final ClosePolicy COMMON =
                new ClosePolicy(CLOSED_TOO_SLOW, "no answer; reconnect", Optional.empty(), ANSWERS_MAX);
    }

    /**
     * A session that follows nothing yet.
     *
     * @param id names it in logs
     * @param closer closes the socket, which may block
     */
    public SocketSession(
            String id,
            SocketWriter writer,
            ClosePolicy closePolicy,
            SocketLimits limits,
            Executor closer,
            ApplicationMetrics metrics) {
        this.id = id;
        this.writer = writer;
        this.closePolicy = closePolicy;
        this.outbound = new Outbox(closePolicy.answersMax(), this::requireBootstrap, ended::get);
        this.limits = limits;
        this.heartbeat = new Heartbeat(limits, System.nanoTime());
        this.closer = closer;
        this.metrics = metrics;
    }

    /** From now on it is sent this, in place of what it followed before. */
    public Subscription subscribe(SubscriptionSpec spec) {
        return subscribe(spec, Runnable::run);
    }

    /**
     * The same.
     *
     * @param filters where the read filters of its rooms are asked
     */
    Subscription subscribe(SubscriptionSpec spec, Executor filters) {
        Subscription begun = new Subscription(spec, this, filters);
        setSubscription(begun);
        return begun;
    }

    /** From now on it follows nothing, and is sent answers only. */
    void unsubscribe() {
        setSubscription(null);
    }

    private void setSubscription(@Nullable Subscription other) {
        outbound.subscribe(other);
        onAvailable();
    }

    /** The last position that the client was sent of what it follows. */
    Optional<Seq> sent() {
        return Optional.ofNullable(outbound.subscription()).map(Subscription::sent);
    }

    /** Whether the client was told to ask again. */
    boolean isPaused() {
        Subscription now = outbound.subscription();
        return now != null && now.isPaused();
    }

    /** Whether the client was told that it has caught up with what it follows. */
    boolean isCaughtUp() {
        Subscription now = outbound.subscription();
        return now != null && now.isCaughtUp();
    }

    /** Has changed rights judged by this, where frames tell of them. */
    void setRightsCheck(BiConsumer<Subscription, Seq> judge) {
        judging = judge;
    }

    @Override
    public void onRightsChanged(Subscription from, Seq at) {
        judging.accept(from, at);
    }

    /** Whether this is what it follows now. */
    boolean isCurrent(Subscription one) {
        return outbound.isCurrent(one);
    }

    /** Answers the client, in between the commits. */
    void send(Frame frame) {
        if (outbound.offer(frame)) {
            onAvailable();
            writer.flushNow();
        } else {
            close(CLOSED_REFUSED, "answers are not read");
        }
    }

    /** Says one thing more, in between the commits, and closes the socket when that has left. */
    void closeAfter(Frame frame, int code, String reason) {
        outbound.closeAfter(new Outbox.FinalFrame(frame, code, reason));
        onAvailable();
        writer.flushNow();
    }

    @Override
    public void onBacklogUnreadable() {
        String reason = "what was missed could not be read; reconnect";
        closePolicy
                .unreadable()
                .ifPresentOrElse(frame -> closeAfter(frame, CLOSED_FAULT, reason), () -> close(CLOSED_FAULT, reason));
    }

    @Override
    public void onFellBehind() {
        disconnect(DisconnectReason.FELL_BEHIND, CLOSED_TOO_SLOW, "fell behind; reconnect");
    }

    @Override
    public void onHistoryLost() {
        close(CLOSED_READ_ANEW, "the database was restored; read anew");
    }

    @Override
    public void onAvailable() {
        if (signals.getAndIncrement() == 0) {
            progressNanos = System.nanoTime();
            writer.write(sending);
        }
    }

    /**
     * Sends until nothing is left, or a frame is on its way; then its end continues here. Where read filters are asked, which
     * may block, frames are taken on their executor, and sent in a turn of the writer's.
     *
     * @param mayFilter whether this is where filters are asked
     */
    private void sendAll(boolean mayFilter) {
        while (!ended.get()) {
            int seen = signals.get();
            boolean pongs = !outbound.isClosing() && heartbeat.hasPongs();
            if (mayFilter && (heartbeat.isPingDue() || pongs)) {
                writer.write(sending); // they wait for no filter
                return;
            }
            if (!mayFilter && !(endsHeartbeat(pongs) && isSentInline())) {
                return;
            }
            List<Frame> frames = outbound.take();
            if (frames.isEmpty()) {
                if (signals.compareAndSet(seen, 0)) {
                    return;
                }
            } else if (mayFilter) {
                writer.write(() -> sendThenContinue(frames));
                return;
            } else if (!closeNow(done -> writer.send(frames, done))) {
                return;
            }
        }
    }

    /** Sends a ping and answers to pings, if they are due; whether they have left at once. */
    private boolean endsHeartbeat(boolean pongs) {
        if (heartbeat.takePing()) {
            Optional.ofNullable(outbound.subscription()).ifPresent(Subscription::addProgress);
            if (!closeNow(done -> writer.ping(done))) {
                return false;
            }
        }
        return !pongs || closeNow(done -> writer.send(heartbeat.takePongs(), done));
    }

    /** Whether frames are taken on this thread; else it goes on where read filters are asked. */
    private boolean isSentInline() {
        Subscription now = outbound.subscription();
        if (now == null || !now.isFiltered()) {
            return true;
        }
        now.filterExecutor().execute(() -> sendAll(true));
        return false;
    }

    private void sendThenContinue(List<Frame> frames) {
        if (closeNow(done -> writer.send(frames, done))) {
            sendAll(false);
        }
    }

    /** The client's rights are being checked: until {@link #resume} nothing leaves but pings and pongs. */
    void pause() {
        outbound.pause();
    }

    /** It is known what the client may see; what it follows goes by that. */
    void resume() {
        outbound.resume();
        onAvailable();
    }

    /** It is known what the client may see, and what it knows of these collections may be wrong. */
    void resume(Set<CollectionName> other) {
        if (!other.isEmpty() && !outbound.purge(other)) {
            requireBootstrap();
        }
        resume();
    }

    /** The client comes again, and reads its lists as whoever it is by then. */
    void requireBootstrap() {
        close(CLOSED_READ_ANEW, "what may be read has changed; read anew");
    }

    // Without the three steps a socket that takes frames at once would recurse a frame deeper with each.
    private boolean closeNow(Consumer<Consumer<Boolean>> send) {
        sendStep.set(CALLING);
        send.accept(this::sent);
        return !sendStep.compareAndSet(CALLING, AWAITED);
    }

    private void sent(boolean ok) {
        progressNanos = System.nanoTime();
        Optional<Outbox.FinalFrame> last = outbound.finalFrameTaken();
        if (last.isPresent()) {
            close(last.get().code(), last.get().reason());
        } else if (!ok) {
            close(CLOSED_FAULT, "a frame could not be sent; reconnect");
        }
        if (!sendStep.compareAndSet(CALLING, DONE)) {
            sendAll(false);
        }
    }

    /** The client is there: it has answered a ping, or said something else. */
    void received(long nowNanos) {
        heartbeat.received(nowNanos);
    }

    /** Answers a client's own ping, before all else that waits: also before it is known what the client may see. */
    void pong(Frame answer) {
        heartbeat.pong(answer);
        onAvailable();
        writer.flushNow();
    }

    /** Looks after the session; called now and then, by one thread at a time. */
    void checkTimeouts(long nowNanos) {
        closeIfStalled(nowNanos);
        if (heartbeat.isSilent(nowNanos)) {
            disconnect(DisconnectReason.SILENT, closePolicy.silentCode(), closePolicy.silentReason());
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
                    "session={0} no progress for {1} s, closing {2}",
                    id,
                    limits.writeTimeout().toSeconds(),
                    String.valueOf(CLOSED_TOO_SLOW)); // else with a comma in it
            disconnect(DisconnectReason.STALLED, CLOSED_TOO_SLOW, "too slow; reconnect");
        }
    }

    /** More waits of what the client asked for than is kept. What it has no answer to, it asks again. */
    void closeForFlooding() {
        disconnect(DisconnectReason.TOO_MANY_REQUESTS, CLOSED_TOO_SLOW, "asks faster than it is answered; reconnect");
    }

    private void disconnect(DisconnectReason why, int code, String reason) {
        if (isClosing(code, reason)) {
            metrics.disconnected(why);
        }
    }

    /** Closes the socket, once. */
    public void close(int code, String reason) {
        isClosing(code, reason);
    }

    private boolean isClosing(int code, String reason) {
        boolean first = ended.compareAndSet(false, true);
        if (first) {
            try {
                closer.execute(() -> writer.close(code, CloseReasonText.fitting(reason)));
            } catch (RejectedExecutionException stopping) { // the server closes the socket itself
                LOG.log(Level.DEBUG, "session=" + id + " is left to the server that stops", stopping);
            }
        }
        return first;
    }

    /** The socket is gone. */
    void closed() {
        ended.set(true);
    }
}
