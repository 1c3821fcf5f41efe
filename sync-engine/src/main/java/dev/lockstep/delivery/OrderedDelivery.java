package dev.lockstep.delivery;

import dev.lockstep.log.Commit;
import dev.lockstep.log.EpochMonitor;
import dev.lockstep.log.LogEnd;
import dev.lockstep.room.Rooms;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Delivers commits to the rooms in order of Seq, each once, whether they come from this node's writer or are read from the
 * log. Belongs to the publisher thread; listeners may be added from any thread.
 */
final class OrderedDelivery {
    private final Rooms rooms;
    private final EpochMonitor epochs;
    private final Runnable pollLog;
    private final List<Consumer<List<Commit>>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<List<Commit>>> afterListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> restoreListeners = new CopyOnWriteArrayList<>();
    private final PendingCommits pending = new PendingCommits();

    /** @param pollLog has the log read; must not block */
    OrderedDelivery(Rooms rooms, EpochMonitor epochs, Runnable pollLog) {
        this.rooms = rooms;
        this.epochs = epochs;
        this.pollLog = pollLog;
    }

    void addListener(Consumer<List<Commit>> listener) {
        listeners.add(listener);
    }

    /** Adds a listener of all commits, called after the rooms have received them. */
    void addAfterListener(Consumer<List<Commit>> listener) {
        afterListeners.add(listener);
    }

    /** Adds a listener of restores of the database. */
    void addRestoreListener(Runnable listener) {
        restoreListeners.add(listener);
    }

    private void deliver(List<Commit> commits, long durableNanos) {
        rooms.deliver(commits, durableNanos);
        afterListeners.forEach(each -> each.accept(commits));
    }

    /** Delivers a batch of the writer, once everything before it was delivered. */
    void deliver(PendingCommits.Batch batch) {
        PendingCommits.Batch undelivered = batch.after(rooms.position());
        if (undelivered.commits().isEmpty()) {
            return; // already read from the log
        }
        epochs.onCommitted(undelivered.commits().getLast().last());
        if (pending.isEmpty() && undelivered.continues(rooms.position())) {
            deliver(undelivered.commits(), undelivered.durableNanos());
        } else {
            pending.add(undelivered);
            pollLog.run();
        }
    }

    /** Delivers a page that was read from the log, and the batches that follow it. */
    void deliver(List<Commit> page) {
        List<Commit> undelivered = page.stream()
                .filter(commit -> commit.first().isAfter(rooms.position()))
                .toList();
        if (!undelivered.isEmpty()) {
            listeners.forEach(each -> each.accept(undelivered));
            deliver(undelivered, System.nanoTime());
        }
        deliverPending();
    }

    /** Begins another epoch. Delivered actions may be lost: the rooms restart, and all subscribers rejoin. */
    void restart(LogEnd end, Executor executor) {
        restoreListeners.forEach(Runnable::run);
        if (!end.epoch().contains(rooms.position())) {
            rooms.restartAt(end.head(), executor);
        }
        deliverPending();
    }

    private void deliverPending() {
        Optional<PendingCommits.Batch> next = pending.next(rooms.position());
        while (next.isPresent()) {
            deliver(next.get().commits(), next.get().durableNanos());
            next = pending.next(rooms.position());
        }
        if (!pending.isEmpty()) {
            pollLog.run(); // commits before it have not been read yet
        }
    }
}
