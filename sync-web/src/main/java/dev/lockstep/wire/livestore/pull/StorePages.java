package dev.lockstep.wire.livestore.pull;

import dev.lockstep.event.StorePage;
import dev.lockstep.wire.livestore.rpc.ChunkWriter;
import dev.lockstep.wire.livestore.rpc.ChunkWriter.ChunkEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The events of a store after a number, in parts that fit one response each. They are read in larger pages, the next one
 * before its first part is needed. Used by one thread at a time; pages arrive on any thread.
 */
final class StorePages {
    /** Most events of one read. */
    static final int EVENTS_MAX = 10 * ChunkWriter.EVENTS_MAX;

    /** Most characters of one read, unless it has only one event. */
    static final long CHARACTERS_MAX = ChunkWriter.CHARACTERS_MAX;

    /** The next page is read when so few parts of the one before are left. */
    private static final int PARTS_MIN = 5;

    private final Source source;
    private final Runnable onAvailable;
    private final Consumer<Throwable> onFailure;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final AtomicReference<@Nullable Read> page = new AtomicReference<>();

    // Pages that were requested in an earlier age are dropped.
    private final AtomicInteger age = new AtomicInteger();
    private volatile @Nullable Thread caller;
    private long after;
    private boolean isEndRead;
    private boolean asked;

    /** The source of pages. */
    @FunctionalInterface
    interface Source {
        CompletionStage<StorePage> page(long after, int eventsMax, long charactersMax);
    }

    /**
     * Consecutive events.
     *
     * @param last the number of the last event; that of the event before, if there are none
     * @param remaining how many events follow, as far as is known; 0 at the end
     */
    record Part(List<ChunkEvent> events, long last, long remaining) {}

    private record Read(int age, StorePage page) {}

    /**
     * The events after a number.
     *
     * @param onAvailable runs when {@link #next} may have a part
     * @param onFailure runs when a page cannot be read
     */
    StorePages(Source source, long after, Runnable onAvailable, Consumer<Throwable> onFailure) {
        this.source = source;
        this.after = after;
        this.onAvailable = onAvailable;
        this.onFailure = onFailure;
    }

    /** The next part; null while it is being read. After the part without remaining events, called only after a restart. */
    @Nullable
    Part next() {
        caller = Thread.currentThread();
        try {
            Part part = poll();
            if (parts.size() < PARTS_MIN && !isEndRead) {
                ask();
                return part == null ? poll() : part;
            }
            return part;
        } finally {
            caller = null;
        }
    }

    private @Nullable Part poll() {
        if (parts.isEmpty()) {
            takePage();
        }
        return parts.poll();
    }

    private void takePage() {
        Read read = page.getAndSet(null);
        if (read != null && read.age() == age.get()) {
            asked = false;
            addParts(read.page());
        }
    }

    private void addParts(StorePage read) {
        List<ChunkEvent> all = read.events().stream()
                .map(event -> new ChunkEvent(event.json(), event.stampMicros()))
                .toList();
        int taken = 0;
        for (List<ChunkEvent> events : ChunkWriter.parts(all)) {
            taken += events.size();
            after = taken == 0 ? after : read.events().get(taken - 1).number();
            parts.add(new Part(events, after, read.remaining() + all.size() - taken));
        }
        isEndRead = read.remaining() == 0;
    }

    private void ask() {
        if (asked) {
            return;
        }
        asked = true;
        int asking = age.get();
        var unused = source.page(after, EVENTS_MAX, CHARACTERS_MAX).whenComplete((read, failure) -> {
            if (failure == null) {
                page.accumulateAndGet(new Read(asking, read), StorePages::newer);
                if (!Thread.currentThread()
                        .equals(caller)) { // a caller looks itself, and must not be called within its call
                    onAvailable.run();
                }
            } else if (asking == age.get()) {
                onFailure.accept(failure);
            }
        });
    }

    private static @Nullable Read newer(@Nullable Read one, @Nullable Read other) {
        return one != null && other != null && one.age() > other.age() ? one : other;
    }

    /** Drops what was read, and begins to read after this number. */
    void restart(long from) {
        age.incrementAndGet();
        page.set(null);
        parts.clear();
        after = from;
        isEndRead = false;
        asked = false;
    }
}
