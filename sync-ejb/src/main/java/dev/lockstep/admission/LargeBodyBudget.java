package dev.lockstep.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How much of bodies that are larger than others' is held at once, over all web applications of the server. Bodies take
 * their room as a whole, before they are read, and wait for it in the order of their arrival. Thread-safe.
 */
public final class LargeBodyBudget {
    /** The part of the heap that large bodies may take. Text takes about five times its size while it is read. */
    private static final int HEAP_PART = 16;

    /** Bytes that may always be held, however small the heap. */
    private static final long BYTES_MIN = 1024 * 1024;

    /** Each body counts as so many bytes at least: dense JSON takes more memory than text of its size. */
    static final long COUNTED_BYTES_MIN = 8L * 1024 * 1024;

    /** After so long an arriving body is evicted where another one waits for its room. Its client is told to send it again. */
    static final Duration EVICTED_AFTER = Duration.ofSeconds(10);

    /** The one of this server. */
    public static final LargeBodyBudget OF_SERVER =
            new LargeBodyBudget(Math.max(Runtime.getRuntime().maxMemory() / HEAP_PART, BYTES_MIN), System::nanoTime);

    private final long bytesMax;
    private final LongSupplier nanos;
    private final Set<Reservation> waiting = new LinkedHashSet<>();
    private final Set<Reservation> arriving = new LinkedHashSet<>();
    private long free;

    /** @param bytesMax most that is held at once */
    public LargeBodyBudget(long bytesMax, LongSupplier nanos) {
        this.bytesMax = bytesMax;
        this.nanos = nanos;
        free = bytesMax;
    }

    /** Most that is held at once; no body that is larger can have room. */
    public long bytesMax() {
        return bytesMax;
    }

    /** Room for one body. */
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

        /** Whether the body has its room now. If not, it waits behind those that asked before; ask again, or leave. */
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
     * A place for a body.
     *
     * @param bytes what the body has at most
     * @param evicted hears that the room was given to another body; this one is to be refused as busy. Must not block
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
