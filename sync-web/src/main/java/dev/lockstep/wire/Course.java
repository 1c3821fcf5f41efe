package dev.lockstep.wire;

import dev.lockstep.api.Seq;
import dev.lockstep.room.Delivery;
import dev.lockstep.room.Feed;
import dev.lockstep.room.Follower;
import dev.lockstep.wire.Following.Greeting;
import dev.lockstep.wire.Following.When;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a socket is sent while it follows the same rooms by the same rights, in its order: what it missed, then what is
 * new. Frames are taken by the owner of the outbox; it is joined, and told of news, on any thread.
 */
final class Course implements Follower {
    /** Whom a course tells of what it cannot see to by itself. */
    interface Listener {
        /** There may be something to take. */
        void available();

        /** What was missed cannot be read. */
        void cannotCatchUp();

        /** It fell behind, and its client has no cursor. */
        void fellBehind();

        /** The database was restored: the client comes again. */
        void historyLost();

        /** What may be seen has changed, at this place of the course. */
        void rightsChanged(Course course, Seq at);
    }

    private final Following following;
    private final Listener listener;
    private final Executor filters;
    private final Optional<CatchUp> catchUp;
    private final Deque<Frame> next = new ArrayDeque<>();
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
    Course(Following following, Listener listener, Executor filters) {
        this.following = following;
        this.listener = listener;
        this.filters = filters;
        this.catchUp = following
                .resuming()
                .map(from -> new CatchUp(following.encoder(), from, listener::available, listener::cannotCatchUp));
        this.sent = following.resuming().map(Following.Resuming::cursor).orElse(Seq.START);
        this.taken = sent;
        following.greetings().forEach(greeting -> unsaid.putIfAbsent(greeting.when(), greeting));
    }

    @Override
    public void joined(Joined at) {
        joined = at;
        listener.available();
    }

    @Override
    public void available() {
        listener.available();
    }

    @Override
    public void historyLost() {
        listener.historyLost();
    }

    /** Whether frames are to be taken where read filters are asked, which may block: {@link #filters}. */
    boolean isFiltered() {
        Joined at = joined;
        return at != null && at.feed().isFiltered();
    }

    Executor filters() {
        return filters;
    }

    /** It is let into its rooms, and may ask for what it missed. */
    void admitted(CatchUp.Source source) {
        catchUp.ifPresent(each -> each.from(source));
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
            if (at != null && greets(When.FIRST, at)) {
                return next.remove();
            }
            Frame answer = isAnswering() ? answers.poll() : null; // between two commits, never within one
            if (answer != null || at == null || stopped) {
                return answer;
            }
            boolean goesOn = isBehind(at) ? takesMissed(at) : greets(When.CAUGHT_UP, at) || takesLive(at);
            if (!goesOn) {
                return null;
            }
        }
        return isAtMark() ? null : taken(next.remove());
    }

    private Frame taken(Frame frame) {
        taken = later(taken, frame.position());
        return frame;
    }

    private static Seq later(Seq one, Seq other) {
        return other.isAfter(one) ? other : one;
    }

    private boolean isAtMark() {
        Frame frame = next.peek();
        return frame != null && frame.marksChangedRights();
    }

    /** All that was taken has left, and there is nothing more to take: perhaps because of a mark. */
    void reachesMark() {
        if (isAtMark()) {
            Seq at = next.remove().position();
            stopped = true;
            next.clear();
            listener.rightsChanged(this, at);
        }
    }

    private boolean isAnswering() {
        return !unsaid.containsKey(When.FIRST);
    }

    /** Adds what is said at this time, once. */
    private boolean greets(When when, Joined at) {
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
        return catchUp.isPresent() && catchUp.get().isBehind(at);
    }

    private boolean takesMissed(Joined at) {
        List<Frame> missed = catchUp.orElseThrow().take(at);
        if (missed == null) {
            return false;
        }
        next.addAll(missed);
        lost = catchUp.get().asksAgain();
        stopped = lost;
        return true;
    }

    private boolean takesLive(Joined at) {
        return switch (at.feed().next()) {
            case Feed.Next.Ready ready -> {
                Delivery delivery = ready.delivery();
                if (catchUp.isEmpty() || catchUp.get().isNews(delivery.seq())) {
                    next.addAll(delivery.encodedBy(following.encoder()));
                }
                yield true;
            }
            case Feed.Next.Nothing nothing -> tellsProgress(at.feed().reached());
            case Feed.Next.FellBehind behind -> {
                joined = null; // until it has a new place
                catchUp.ifPresentOrElse(CatchUp::fellBehind, listener::fellBehind);
                yield false;
            }
        };
    }

    private boolean tellsProgress(Seq reached) {
        Optional<Frame> frame = following
                .progress()
                .filter(told -> progressDue && reached.isAfter(taken))
                .map(told -> told.apply(reached));
        progressDue = false;
        frame.ifPresent(next::add);
        return frame.isPresent();
    }

    /** Once all has been taken, the client is told how far that is, unless it knows. */
    void tellsProgress() {
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
    boolean isLost() {
        return lost;
    }

    /** Whether its client was told that it has caught up. */
    boolean hasSaidCaughtUp() {
        return saidCaughtUp;
    }

    /**
     * Tells the client to drop what it may not know any more; false if that cannot be told, because it was sent nothing
     * yet, or something was taken for it by its rights of before.
     */
    boolean tells(List<Frame> purges) {
        if (!isAnswering() || !next.isEmpty()) {
            return false;
        }
        next.addAll(purges);
        catchUp.ifPresent(CatchUp::forget); // with its cursor, if it has one, it asks again
        return true;
    }

    Following following() {
        return following;
    }
}
