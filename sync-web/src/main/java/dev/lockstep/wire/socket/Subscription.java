package dev.lockstep.wire.socket;

import dev.lockstep.api.Seq;
import dev.lockstep.api.room.RoomConnections;
import dev.lockstep.room.Delivery;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomMessage;
import dev.lockstep.room.RoomSubscriber;
import dev.lockstep.wire.socket.SubscriptionSpec.Greeting;
import dev.lockstep.wire.socket.SubscriptionSpec.When;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a socket is sent while it follows the same rooms by the same rights, in its order: what it missed, then what is
 * new. Frames are taken by the owner of the outbox; it is joined, and told of news, on any thread.
 */
public final class Subscription implements RoomSubscriber {
    /** Whom a course tells of what it cannot see to by itself. */
    interface Listener {
        /** There may be something to take. */
        void onAvailable();

        /** What was missed cannot be read. */
        void onBacklogUnreadable();

        /** It fell behind, and its client has no cursor. */
        void onFellBehind();

        /** The database was restored: the client comes again. */
        void onHistoryLost();

        /** What may be seen has changed, at this place of the course. */
        void onRightsChanged(Subscription subscription, Seq at);
    }

    private final SubscriptionSpec spec;
    private final Listener listener;
    private final Executor filters;
    private final Optional<BacklogReplay> replay;
    private final Deque<Frame> next = new ArrayDeque<>();
    private final BlockingQueue<Frame> messages = new ArrayBlockingQueue<>(RoomConnections.WAITING_MAX);
    private volatile @Nullable Joined joined;
    private volatile Seq sent;
    private Seq taken;
    private final Map<When, Greeting> unsaid = new EnumMap<>(When.class);
    private boolean stopped;
    private boolean progressDue;
    private volatile boolean lost;
    private @Nullable Frame caughtUp;
    private volatile boolean saidCaughtUp;

    /** @param filters where the read filters of its rooms are asked */
    Subscription(SubscriptionSpec spec, Listener listener, Executor filters) {
        this.spec = spec;
        this.listener = listener;
        this.filters = filters;
        this.replay = spec.resuming()
                .map(from ->
                        new BacklogReplay(spec.encoder(), from, listener::onAvailable, listener::onBacklogUnreadable));
        this.sent = spec.resuming().map(SubscriptionSpec.Resuming::cursor).orElse(Seq.START);
        this.taken = sent;
        spec.greetings().forEach(greeting -> unsaid.putIfAbsent(greeting.when(), greeting));
    }

    @Override
    public void onJoined(Joined at) {
        joined = at;
        listener.onAvailable();
    }

    @Override
    public void onAvailable() {
        listener.onAvailable();
    }

    @Override
    public void onMessage(RoomMessage message) {
        if (spec.messages().isPresent()) {
            Frame frame = message.encodedBy(spec.messages().get());
            while (!messages.offer(frame)) {
                messages.poll(); // the oldest is worth least
            }
            listener.onAvailable();
        }
    }

    @Override
    public void onHistoryLost() {
        listener.onHistoryLost();
    }

    /** Whether frames are to be taken where read filters are asked, which may block: {@link #filters}. */
    boolean isFiltered() {
        Joined at = joined;
        return at != null && at.feed().isFiltered();
    }

    Executor filterExecutor() {
        return filters;
    }

    /** It is let into its rooms, and may ask for what it missed. */
    public void startBacklog(BacklogReplay.Source source) {
        replay.ifPresent(each -> each.start(source));
    }

    /** The last position that the client has been sent, as far as frames tell. */
    Seq sent() {
        return sent;
    }

    /** The next frame, an answer if one waits and it is its turn; null if there is none for now. */
    @Nullable
    Frame take(Queue<Frame> answers) {
        while (next.isEmpty()) {
            Joined at = joined;
            if (at != null && addGreeting(When.FIRST, at)) {
                return next.remove();
            }
            Frame answer = isBetweenCommits() ? answers.poll() : null; // between two commits, never within one
            if (answer != null || at == null || stopped) {
                return answer;
            }
            Frame message = messages.poll();
            if (message != null) {
                return message;
            }
            boolean goesOn = isBehind(at) ? takeBacklog(at) : addGreeting(When.CAUGHT_UP, at) || takeLive(at);
            if (!goesOn) {
                return null;
            }
        }
        return isAtRightsChange() ? null : taken(next.remove());
    }

    private Frame taken(Frame frame) {
        taken = later(taken, frame.position());
        return frame;
    }

    private static Seq later(Seq one, Seq other) {
        return other.isAfter(one) ? other : one;
    }

    private boolean isAtRightsChange() {
        Frame frame = next.peek();
        return frame != null && frame.marksChangedRights();
    }

    /** All that was taken has left, and there is nothing more to take: perhaps because of a mark. */
    void onDrained() {
        if (isAtRightsChange()) {
            Seq at = next.remove().position();
            stopped = true;
            next.clear();
            listener.onRightsChanged(this, at);
        }
    }

    private boolean isBetweenCommits() {
        return !unsaid.containsKey(When.FIRST);
    }

    /** Adds what is said at this time, once. */
    private boolean addGreeting(When when, Joined at) {
        Greeting greeting = unsaid.remove(when);
        if (greeting == null) {
            return false;
        }
        Frame frame = greeting.frame().apply(at, taken);
        next.add(frame);
        caughtUp = when == When.CAUGHT_UP ? frame : caughtUp;
        return true;
    }

    private boolean isBehind(Joined at) {
        return replay.isPresent() && replay.get().isBehind(at);
    }

    private boolean takeBacklog(Joined at) {
        List<Frame> missed = replay.orElseThrow().take(at);
        if (missed == null) {
            return false;
        }
        next.addAll(missed);
        lost = replay.get().requestNext();
        stopped = lost;
        return true;
    }

    private boolean takeLive(Joined at) {
        return switch (at.feed().next()) {
            case Feed.Next.Ready ready -> {
                Delivery delivery = ready.delivery();
                if (replay.isEmpty() || replay.get().isNews(delivery.seq())) {
                    next.addAll(delivery.encodedBy(spec.encoder()));
                }
                yield true;
            }
            case Feed.Next.Nothing nothing -> addProgress(at.feed().reached());
            case Feed.Next.FellBehind behind -> {
                joined = null; // until it has a new place
                replay.ifPresentOrElse(BacklogReplay::fellBehind, listener::onFellBehind);
                yield false;
            }
        };
    }

    private boolean addProgress(Seq reached) {
        Optional<Frame> frame = spec.progress()
                .filter(told -> progressDue && reached.isAfter(taken))
                .map(told -> told.apply(reached));
        progressDue = false;
        frame.ifPresent(next::add);
        return frame.isPresent();
    }

    /** Once all has been taken, the client is told how far that is, unless it knows. */
    void addProgress() {
        progressDue = true;
    }

    /** These were taken, and do not leave now: they are the next again. */
    void putBack(List<Frame> frames) {
        frames.reversed().forEach(next::addFirst);
    }

    /** These leave now. */
    @SuppressWarnings("ReferenceEquality") // a frame like it is another one
    void leave(List<Frame> frames) {
        for (Frame frame : frames) {
            sent = later(sent, frame.position());
            if (frame == caughtUp) {
                saidCaughtUp = true;
            }
        }
    }

    /** Whether its client was told to ask again, and hears nothing until it does. */
    boolean isPaused() {
        return lost;
    }

    /** Whether its client was told that it has caught up. */
    boolean isCaughtUp() {
        return saidCaughtUp;
    }

    /**
     * Tells the client to drop what it may not know any more; false if that cannot be told, because it was sent nothing
     * yet, or something was taken for it by its rights of before.
     */
    boolean addPurges(List<Frame> purges) {
        if (!isBetweenCommits() || !next.isEmpty()) {
            return false;
        }
        next.addAll(purges);
        replay.ifPresent(BacklogReplay::forget); // with its cursor, if it has one, it asks again
        return true;
    }

    SubscriptionSpec spec() {
        return spec;
    }
}
