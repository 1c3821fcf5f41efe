package dev.lockstep.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Memory budget for large request bodies, over all web applications of the server. A body reserves its whole size before it
 * is read, and waits for that in the order of arrival. Thread-safe.
 */
public final class LargeBodyBudget {
    /** The part of the heap for large bodies. Text takes about five times its size while it is read. */
    private static final int HEAP_PART = 16;

    /** The minimum budget, for any size of heap. */
    private static final long BYTES_MIN = 1024 * 1024;

    /** The minimum reservation of a body: dense JSON takes more memory than text of its size. */
    static final long COUNTED_BYTES_MIN = 8L * 1024 * 1024;

    /** The time after which an arriving body is evicted if another one waits for its memory. Its client is told to send it again. */
    static final Duration EVICTED_AFTER = Duration.ofSeconds(10);

    /** The budget of this server. */
    public static final LargeBodyBudget OF_SERVER =
            new LargeBodyBudget(Math.max(Runtime.getRuntime().maxMemory() / HEAP_PART, BYTES_MIN), System::nanoTime);

    private final long bytesMax;
    private final LongSupplier nanos;
    private final Set<Reservation> waiting = new LinkedHashSet<>();
    private final Set<Reservation> arriving = new LinkedHashSet<>();
    private long free;

    /** @param bytesMax the size of the budget */
    public LargeBodyBudget(long bytesMax, LongSupplier nanos) {
        this.bytesMax = bytesMax;
        this.nanos = nanos;
        free = bytesMax;
    }

    /** The size of the budget; a larger body cannot be admitted. */
    public long bytesMax() {
        return bytesMax;
    }

    /** The reservation of one body. */
    public final class Reservation implements BodyReservation {
        private final long counted;
        private final Runnable evicted;
        private long sinceNanos;
        private boolean isHeld;
        private boolean isEvicted;

        private Reservation(long counted, Runnable evicted) {
            this.counted = counted;
            this.evicted = evicted;
        }

        /** Whether the reservation is granted. If not, it waits behind earlier ones: call again, or release it. */
        public boolean tryEnter() {
            List<Reservation> slow = new ArrayList<>();
            boolean entered = admit(this, slow);
            slow.forEach(each -> each.evicted.run());
            return entered;
        }

        @Override
        public boolean tryReserve(int more) {
            synchronized (LargeBodyBudget.this) {
                return isHeld && !isEvicted;
            }
        }

        @Override
        public void complete() {
            synchronized (LargeBodyBudget.this) {
                arriving.remove(this);
            }
        }

        @Override
        public void release() {
            free(this);
        }
    }

    /**
     * Prepares a reservation.
     *
     * @param bytes the most bytes of the body
     * @param evicted called when the memory was given to another body; this one is to be refused as busy. Must not block
     */
    public Reservation place(long bytes, Runnable evicted) {
        return new Reservation(Math.min(Math.max(bytes, COUNTED_BYTES_MIN), bytesMax), evicted);
    }

    private synchronized boolean admit(Reservation reservation, List<Reservation> slow) {
        waiting.add(reservation);
        if (waiting.iterator().next() != reservation) {
            return false;
        }
        long now = nanos.getAsLong();
        Iterator<Reservation> longest = arriving.iterator();
        while (free < reservation.counted && longest.hasNext()) {
            Reservation other = longest.next();
            if (now - other.sinceNanos > EVICTED_AFTER.toNanos()) {
                longest.remove();
                other.isEvicted = true;
                free(other);
                slow.add(other);
            }
        }
        if (free < reservation.counted) {
            return false;
        }
        waiting.remove(reservation);
        free -= reservation.counted;
        reservation.isHeld = true;
        reservation.sinceNanos = now;
        arriving.add(reservation);
        return true;
    }

    private synchronized void free(Reservation reservation) {
        waiting.remove(reservation);
        arriving.remove(reservation);
        if (reservation.isHeld) {
            reservation.isHeld = false;
            free += reservation.counted;
        }
    }
}
