package dev.lockstep.wire.socket;

import dev.lockstep.wire.socket.ConnectionPolicy.Close;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The frames that a connection sends next: responses, and those of its subscriptions, which take turns, one write each.
 * While it is paused, neither is taken. Thread-safe, but one thread at a time calls {@link #take}.
 */
final class Outbox {
    /** Most frames that leave in one write. Further frames leave with the next one. */
    static final int JOINED_FRAMES_MAX = 32;

    private final BlockingDeque<Frame> responses;
    private final BooleanSupplier hasEnded;
    private final Object lock = new Object();
    private final AtomicReference<@Nullable FinalFrame> finalFrame = new AtomicReference<>();
    private volatile List<Subscription> subscriptions = List.of();
    private volatile int pauses;
    private int turn; // of the taker
    private boolean finalFrameIsTaken;

    /** The last frame of a connection, and how its socket is closed when that has left. */
    record FinalFrame(Frame frame, Close close) {}

    /**
     * Nothing to send yet.
     *
     * @param responsesMax most responses that wait
     * @param hasEnded whether the connection sends nothing more
     */
    Outbox(int responsesMax, BooleanSupplier hasEnded) {
        this.responses = new LinkedBlockingDeque<>(responsesMax);
        this.hasEnded = hasEnded;
    }

    /** The subscriptions, in the order in which they were added. Immutable. */
    List<Subscription> subscriptions() {
        return subscriptions;
    }

    void add(Subscription subscription) {
        synchronized (lock) {
            List<Subscription> more = new ArrayList<>(subscriptions);
            more.add(subscription);
            subscriptions = List.copyOf(more);
        }
    }

    /** Removes a subscription. Nothing more of it leaves once this has returned. */
    void remove(Subscription subscription) {
        synchronized (lock) {
            subscriptions =
                    subscriptions.stream().filter(each -> each != subscription).toList();
        }
    }

    boolean has(Subscription subscription) {
        return subscriptions.contains(subscription);
    }

    /** Adds a response; false if too many wait. */
    boolean offer(Frame response) {
        return responses.offer(response);
    }

    /** No other frame follows this one. Only the first of several counts. */
    void closeAfter(FinalFrame last) {
        finalFrame.compareAndSet(null, last);
    }

    boolean isClosing() {
        return finalFrame.get() != null;
    }

    /** The final frame, once it was taken. The thread that takes calls it. */
    Optional<FinalFrame> finalFrameTaken() {
        return finalFrameIsTaken ? Optional.ofNullable(finalFrame.get()) : Optional.empty();
    }

    /** Until {@link #resume} nothing is taken but the final frame. Pauses count. */
    void pause() {
        synchronized (lock) {
            pauses++;
        }
    }

    void resume() {
        synchronized (lock) {
            pauses--;
        }
    }

    /** The frames of the next write; none, if there is nothing to send at the moment. */
    List<Frame> take() {
        FinalFrame last = finalFrame.get();
        if (last != null) {
            boolean isFirst = !finalFrameIsTaken;
            finalFrameIsTaken = true;
            return isFirst ? List.of(last.frame()) : List.of();
        }
        if (pauses > 0) {
            return List.of();
        }
        List<Subscription> all = subscriptions;
        if (all.isEmpty()) {
            return takeFrom(null);
        }
        for (int tried = 0; tried < all.size(); tried++) {
            Subscription from = all.get(Math.floorMod(turn, all.size()));
            from.takePurge();
            if (hasEnded.getAsBoolean()) { // by a purge that was impossible
                return List.of();
            }
            List<Frame> frames = takeFrom(from);
            if (!from.isWithinCommit()) {
                turn++;
            }
            if (!frames.isEmpty()) {
                return frames;
            }
        }
        return List.of();
    }

    private List<Frame> takeFrom(@Nullable Subscription from) {
        List<Frame> frames = new ArrayList<>(1);
        List<Frame> responded = new ArrayList<>(0);
        Frame frame = next(from, responded);
        while (frame != null) {
            frames.add(frame);
            frame = frames.size() < JOINED_FRAMES_MAX ? next(from, responded) : null;
        }
        if (from != null && frames.isEmpty()) {
            from.onDrained();
        }
        return from == null || mayLeave(from, frames, responded) ? frames : List.of();
    }

    /**
     * Whether frames that were taken may leave; else they are put back. Once {@link #pause} or {@link #remove} has returned,
     * it is known what has left.
     */
    private boolean mayLeave(Subscription from, List<Frame> frames, List<Frame> responded) {
        synchronized (lock) {
            boolean may = has(from) && pauses == 0 && !from.hasPurge();
            if (may) {
                from.onLeaving(frames);
            } else { // since they were taken: perhaps they may not be seen
                frames.removeAll(responded); // these are the connection's: the subscription may end
                from.putBack(frames);
                responded.reversed().forEach(responses::offerFirst);
            }
            return may;
        }
    }

    private @Nullable Frame next(@Nullable Subscription from, List<Frame> responded) {
        return from == null ? responses.poll() : from.take(responses, responded::add);
    }
}
