package dev.lockstep.wire.socket;

import dev.lockstep.api.CollectionName;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The frames that a session sends next: answers, and those of the course that it follows. While it is held, nothing is
 * taken of either. Thread-safe, but {@link #take} is called by one thread at a time.
 */
final class Outbox {
    /** Most frames that leave in one write. What waits beyond it goes with the next one. */
    static final int JOINED_FRAMES_MAX = 32;

    private final Deque<Frame> answers;
    private final Runnable readAnew;
    private final BooleanSupplier hasEnded;
    private final AtomicInteger holds = new AtomicInteger();
    private final AtomicReference<@Nullable List<Frame>> purges = new AtomicReference<>();
    private final AtomicReference<@Nullable FinalFrame> lastWords = new AtomicReference<>();
    private volatile @Nullable Subscription subscription;
    private boolean lastWordsAreTaken;

    /** The last frame of a session, and how its socket is closed when that has left. */
    record FinalFrame(Frame frame, int code, String reason) {}

    /**
     * Nothing to send yet.
     *
     * @param answersMax most answers that wait
     * @param readAnew has the client come again, when it cannot be told what it may not know any more
     * @param hasEnded whether the session sends nothing more
     */
    Outbox(int answersMax, Runnable readAnew, BooleanSupplier hasEnded) {
        this.answers = new LinkedBlockingDeque<>(answersMax);
        this.readAnew = readAnew;
        this.hasEnded = hasEnded;
    }

    /** What is followed; nothing, if null. */
    @Nullable
    Subscription subscription() {
        return subscription;
    }

    /** From now on frames are of this, in place of what was followed before. */
    void subscribe(@Nullable Subscription other) {
        synchronized (holds) {
            subscription = other;
        }
    }

    /** Whether this is what is followed now. */
    @SuppressWarnings("ReferenceEquality") // a course like it is another one
    boolean isCurrent(Subscription one) {
        return subscription == one;
    }

    /** Adds an answer; false if too many wait. */
    boolean offer(Frame answer) {
        return answers.offer(answer);
    }

    /** After this frame comes no other. Only the first of several counts. */
    void closeAfter(FinalFrame last) {
        lastWords.compareAndSet(null, last);
    }

    boolean isClosing() {
        return lastWords.get() != null;
    }

    /** The last words, once they were taken. Called by the thread that takes. */
    Optional<FinalFrame> finalFrameTaken() {
        return lastWordsAreTaken ? Optional.ofNullable(lastWords.get()) : Optional.empty();
    }

    /** Until {@link #resume} nothing is taken but last words. Holds count. */
    void pause() {
        synchronized (holds) {
            holds.incrementAndGet();
        }
    }

    void resume() {
        holds.decrementAndGet();
    }

    /** Has the client told to drop these collections; false if what it follows has no frames for that. */
    boolean purge(Set<CollectionName> collections) {
        Optional<SubscriptionSpec.Resuming> resuming =
                Optional.ofNullable(subscription).flatMap(from -> from.spec().resuming());
        resuming.ifPresent(client -> purges.accumulateAndGet(
                collections.stream().map(client.purged()).toList(), Outbox::both));
        return resuming.isPresent();
    }

    private static List<Frame> both(@Nullable List<Frame> earlier, @Nullable List<Frame> later) {
        return Stream.of(earlier, later)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .toList();
    }

    /** The frames of the next write; none, if there is nothing to send at the moment. */
    List<Frame> take() {
        FinalFrame last = lastWords.get();
        if (last != null) {
            boolean isFirst = !lastWordsAreTaken;
            lastWordsAreTaken = true;
            return isFirst ? List.of(last.frame()) : List.of();
        }
        if (holds.get() > 0) {
            return List.of();
        }
        Subscription from = subscription;
        List<Frame> other = purges.getAndSet(null);
        if (other != null && (from == null || !from.addPurges(other))) {
            // What was taken for the client by its rights of before must not leave.
            readAnew.run();
        }
        if (hasEnded.getAsBoolean()) { // by what it was to be told
            return List.of();
        }
        List<Frame> frames = new ArrayList<>(1);
        List<Frame> answered = new ArrayList<>(0);
        Frame frame = take(from, answered);
        while (frame != null) {
            frames.add(frame);
            frame = frames.size() < JOINED_FRAMES_MAX ? take(from, answered) : null;
        }
        if (from != null && frames.isEmpty()) {
            from.onDrained();
        }
        return from == null || leave(from, frames, answered) ? frames : List.of();
    }

    /**
     * Whether what was taken may leave; else it is put back. Once {@link #pause} has returned, it is known what has left, and
     * nothing more leaves of what was followed before.
     */
    private boolean leave(Subscription from, List<Frame> frames, List<Frame> answered) {
        synchronized (holds) {
            boolean mayLeave = isCurrent(from) && holds.get() == 0 && purges.get() == null;
            if (mayLeave) {
                from.leave(frames);
            } else { // since it was taken: perhaps it is not to be seen
                frames.removeAll(answered); // these are the session's: the course may end
                from.putBack(frames);
                answered.reversed().forEach(answers::offerFirst);
            }
            return mayLeave;
        }
    }

    @SuppressWarnings("ReferenceEquality") // a frame like it is another one
    private @Nullable Frame take(@Nullable Subscription from, List<Frame> answered) {
        Frame answer = answers.peek();
        Frame frame = from == null ? answers.poll() : from.take(answers);
        if (frame != null && frame == answer) {
            answered.add(frame);
        }
        return frame;
    }
}
