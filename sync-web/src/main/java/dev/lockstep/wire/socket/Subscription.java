package dev.lockstep.wire.socket;

import dev.lockstep.access.ReadCapability;
import dev.lockstep.access.RoomSubscription;
import dev.lockstep.access.RoomSubscription.RightsUpdate;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Seq;
import dev.lockstep.api.room.RoomConnections;
import dev.lockstep.room.EncodedCommit;
import dev.lockstep.room.Feed;
import dev.lockstep.room.RoomMessage;
import dev.lockstep.room.RoomSubscriber;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Frames of some rooms under some rights, in order: first the backlog after the client's cursor, then new commits. A
 * connection has any number of subscriptions. The owner of the outbox takes the frames; other methods are thread-safe.
 */
public final class Subscription implements RoomSubscriber {
    /** Receives what a subscription cannot decide by itself. */
    interface Listener extends Backlog.Listener {
        /** The subscription fell off the ring, and its client has no cursor. */
        void onFellBehind();

        /** The rights of the caller changed at this position, which the subscription has reached. */
        void onRightsChanged(Subscription subscription, Seq at);

        /** The client has rows that its caller may no longer read, and no frame can tell it. */
        void onPurgeImpossible();
    }

    private final SubscriptionProtocol protocol;
    private final Listener listener;
    private final Executor filters;
    private final Optional<Backlog> backlog;
    private final Optional<PlacedResponses> placed;
    private final Deque<Frame> next = new ArrayDeque<>();
    private final Deque<Frame> page = new ArrayDeque<>();
    private final BlockingQueue<Frame> messages = new ArrayBlockingQueue<>(RoomConnections.WAITING_MAX);
    private final AtomicReference<@Nullable List<Frame>> purges = new AtomicReference<>();
    private volatile @Nullable Joined joined;
    private volatile Optional<RoomSubscription> rooms = Optional.empty();
    private volatile Seq sent;
    private Seq taken;
    private @Nullable Function<Joined, Frame> greeting;
    private @Nullable BiFunction<Joined, Seq, Frame> catchingUp;
    private @Nullable Frame caughtUpFrame;
    private boolean stopped;
    private boolean progressDue;
    private volatile boolean paused;
    private volatile boolean caughtUp;

    /** @param filters where the read filters of its rooms run, which may block */
    Subscription(SubscriptionProtocol protocol, Listener listener, Executor filters) {
        this.protocol = protocol;
        this.listener = listener;
        this.filters = filters;
        this.backlog = protocol.backlog(listener);
        this.placed = protocol.responses();
        this.sent = protocol.cursor().orElse(Seq.START);
        this.taken = sent;
        this.greeting = protocol.greeting().orElse(null);
        this.catchingUp = protocol.caughtUp().orElse(null);
    }

    /** Joins the rooms of a capability. Called once. */
    void join(ReadCapability capability) {
        RoomSubscription granted = capability.subscribe(this);
        rooms = Optional.of(granted);
        startBacklog(Backlog.Source.of(granted));
    }

    /** Begins to read the backlog, if there is one. */
    void startBacklog(Backlog.Source source) {
        backlog.ifPresent(each -> each.start(source));
    }

    /** Leaves the rooms. More than once is the same as once. */
    void leaveRooms() {
        rooms.ifPresent(RoomSubscription::close);
    }

    /** Shows from now on what these rights allow; false if the rooms are others, so that the client must bootstrap. */
    boolean updateRights(ReadCapability capability) {
        return switch (rooms.orElseThrow().updateRights(capability)) {
            case RightsUpdate.Continued continued -> purge(continued.other());
            case RightsUpdate.Resubscribed elsewhere -> false;
        };
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
        if (protocol.messages().isPresent()) {
            Frame frame = message.encodedBy(protocol.messages().get());
            while (!messages.offer(frame)) {
                messages.poll(); // the oldest is dropped
            }
            listener.onAvailable();
        }
    }

    @Override
    public void onHistoryLost() {
        listener.onHistoryLost();
    }

    /** The last position that the client was sent, as far as frames tell. */
    public Seq sent() {
        return sent;
    }

    /** Whether the client was told that its cursor is lost: delivery stops until it subscribes again. */
    public boolean isPaused() {
        return paused;
    }

    /** Whether the frame {@link SubscriptionProtocol#caughtUp} has left. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** Whether frames must be taken on {@link #filterExecutor}, because read filters run, which may block. */
    boolean isFiltered() {
        Joined at = joined;
        return at != null && at.feed().isFiltered();
    }

    Executor filterExecutor() {
        return filters;
    }

    /**
     * The next frame: a response, if one waits and a commit has ended, else a frame of this; null if there is none.
     *
     * @param responses those of the connection
     * @param onResponse receives the frame if it is one of these
     */
    @Nullable
    Frame take(BlockingQueue<Frame> responses, Consumer<Frame> onResponse) {
        while (next.isEmpty()) {
            Joined at = joined;
            if (at != null && addGreeting(at)) {
                return next.remove();
            }
            Frame response = greeting == null ? responses.poll() : null; // between two commits, never within one
            if (response != null) {
                onResponse.accept(response);
                return response;
            }
            if (at == null || stopped) {
                return null;
            }
            Frame message = messages.poll();
            if (message != null) {
                return message;
            }
            if (!addMore(at, responses)) {
                return null;
            }
        }
        return isAtRightsChange() ? null : taken(next.remove());
    }

    /** Whether frames of a commit that has been taken in part are left: nothing else may leave before these. */
    boolean isWithinCommit() {
        return !next.isEmpty() && !isAtRightsChange();
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

    /** All that was taken has left, and there is nothing more to take, perhaps because of a change of rights. */
    void onDrained() {
        if (isAtRightsChange()) {
            Seq at = next.remove().position();
            stopped = true;
            next.clear();
            page.clear();
            listener.onRightsChanged(this, at);
        }
    }

    private boolean addGreeting(Joined at) {
        Function<Joined, Frame> first = greeting;
        greeting = null;
        return first != null && next.add(first.apply(at));
    }

    private boolean addCaughtUp(Joined at) {
        BiFunction<Joined, Seq, Frame> frame = catchingUp;
        catchingUp = null;
        if (frame == null) {
            return false;
        }
        caughtUpFrame = frame.apply(at, taken);
        return next.add(caughtUpFrame);
    }

    private boolean isBehind(Joined at) {
        return backlog.isPresent() && backlog.get().isBehind(at);
    }

    /** Adds frames, or a response that has its place before them; false if there are none at present. */
    private boolean addMore(Joined at, BlockingQueue<Frame> responses) {
        if (placed.isPresent() && !page.isEmpty()) {
            return addPage(placed.get(), responses);
        }
        return isBehind(at) ? addBacklog(at) : addCaughtUp(at) || addLive(at, responses);
    }

    private boolean addPage(PlacedResponses others, BlockingQueue<Frame> responses) {
        while (!page.isEmpty() && others.pass(page.element())) {
            next.add(page.remove());
        }
        return !next.isEmpty() || others.moveBefore(page.element(), responses);
    }

    private boolean addBacklog(Joined at) {
        List<Frame> more = backlog.orElseThrow().take(at);
        if (more == null) {
            return false;
        }
        paused = backlog.get().isPaused();
        stopped = paused;
        (placed.isEmpty() || paused ? next : page).addAll(more);
        return true;
    }

    private boolean addLive(Joined at, BlockingQueue<Frame> responses) {
        return switch (at.feed().next()) {
            case Feed.Next.Ready ready -> {
                EncodedCommit delivery = ready.encoded();
                if (backlog.isEmpty() || backlog.get().isNews(delivery)) {
                    delivery.encodedBy(protocol.encoder()).stream()
                            .map(protocol::addressed)
                            .forEach((placed.isEmpty() ? next : page)::add);
                }
                yield true;
            }
            case Feed.Next.Nothing nothing -> {
                Seq reached = at.feed().reached();
                yield (placed.isPresent() && placed.get().moveUpTo(reached, responses)) || addProgress(reached);
            }
            case Feed.Next.FellBehind behind -> {
                joined = null; // until it has a new place
                backlog.ifPresentOrElse(Backlog::fellBehind, listener::onFellBehind);
                yield false;
            }
        };
    }

    private boolean addProgress(Seq reached) {
        Optional<Frame> frame = protocol.progress()
                .filter(progress -> progressDue && reached.isAfter(taken))
                .map(progress -> progress.apply(reached));
        progressDue = false;
        frame.ifPresent(next::add);
        return frame.isPresent();
    }

    /** Tells the client how far it has come, once all has been taken, unless it knows. */
    void requestProgress() {
        progressDue = true;
    }

    /** Takes back frames that were taken and do not leave now. They are the next again. */
    void putBack(List<Frame> frames) {
        frames.reversed().forEach(next::addFirst);
    }

    /** The frames leave now. */
    @SuppressWarnings("ReferenceEquality") // an equal frame is another one
    void onLeaving(List<Frame> frames) {
        for (Frame frame : frames) {
            sent = later(sent, frame.position());
            if (frame == caughtUpFrame) {
                caughtUp = true;
            }
        }
    }

    /** Has the client drop what it knows of collections; false if no frame tells it. */
    boolean purge(Set<CollectionName> collections) {
        if (collections.isEmpty()) {
            return true;
        }
        Optional<List<Frame>> frames = protocol.purge(collections);
        frames.ifPresent(more -> purges.accumulateAndGet(more, Subscription::concatenated));
        return frames.isPresent();
    }

    private static List<Frame> concatenated(@Nullable List<Frame> earlier, @Nullable List<Frame> later) {
        return Stream.of(earlier, later)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .toList();
    }

    /** Whether a purge waits: what was taken before it must not leave. */
    boolean hasPurge() {
        return purges.get() != null;
    }

    /** Puts a purge that waits before all else. Frames that were taken under earlier rights make that impossible. */
    void takePurge() {
        List<Frame> frames = purges.getAndSet(null);
        if (frames == null) {
            return;
        }
        if (greeting != null || !next.isEmpty() || !page.isEmpty()) {
            listener.onPurgeImpossible();
            return;
        }
        next.addAll(frames);
        backlog.ifPresent(Backlog::forget); // pages that were read under earlier rights
    }
}
