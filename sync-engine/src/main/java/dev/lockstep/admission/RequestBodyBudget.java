package dev.lockstep.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Memory budget for request bodies, over all web applications of the server. When it is used up, the oldest uploads over
 * one second are evicted first: otherwise a few deliberately slow clients would block all others. Thread-safe.
 */
public final class RequestBodyBudget {
    /**
     * The part of the heap for bodies. JSON takes up to 40 times its size when it is read, so all of it fits. Further bodies
     * are to be refused as busy, and sent again.
     */
    private static final int HEAP_PART = 64;

    /** The minimum budget, for any size of heap. */
    private static final long BYTES_MIN = 4L * 1024 * 1024;

    /** The age from which an upload may be evicted: most bodies arrive at once, or within a round trip. */
    private static final Duration EVICTABLE_AFTER = Duration.ofSeconds(1);

    /**
     * Most bodies at a time that are too large to be collected, and are read by a thread that waits for them: a quarter of
     * the threads of a server with 2 processors. One more is to be refused as busy.
     */
    static final int LARGE_AT_ONCE_MAX = 8;

    /** The budget of this server. */
    public static final RequestBodyBudget OF_SERVER =
            new RequestBodyBudget(Math.max(Runtime.getRuntime().maxMemory() / HEAP_PART, BYTES_MIN), System::nanoTime);

    private final LongSupplier nanos;
    private final Set<Reservation> arriving = new LinkedHashSet<>(); // oldest first
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE_MAX);
    private long free;

    /** @param bytesMax the size of the budget */
    public RequestBodyBudget(long bytesMax, LongSupplier nanos) {
        this.free = bytesMax;
        this.nanos = nanos;
    }

    /** The reservation of one body. */
    public final class Reservation implements BodyReservation {
        private final Runnable evicted;
        private final long sinceNanos = nanos.getAsLong();
        private long bytes;
        private boolean released;

        private Reservation(Runnable evicted) {
            this.evicted = evicted;
        }

        @Override
        public boolean tryReserve(int more) {
            List<Reservation> others = new ArrayList<>();
            boolean fits = tryHold(this, more, others);
            others.forEach(each -> each.evicted.run());
            return fits;
        }

        @Override
        public void complete() {
            synchronized (RequestBodyBudget.this) {
                arriving.remove(this);
            }
        }

        @Override
        public void release() {
            free(this);
        }
    }

    /**
     * Starts the reservation of an arriving body.
     *
     * @param evicted called when its memory was given to others; its body is to be refused as busy. Must not block
     */
    public synchronized Reservation reserve(Runnable evicted) {
        Reservation reservation = new Reservation(evicted);
        arriving.add(reservation);
        return reservation;
    }

    private synchronized boolean tryHold(Reservation reservation, int more, List<Reservation> others) {
        Iterator<Reservation> longest = arriving.iterator();
        while (free < more && longest.hasNext()) {
            Reservation other = longest.next();
            if (other != reservation && nanos.getAsLong() - other.sinceNanos > EVICTABLE_AFTER.toNanos()) {
                longest.remove();
                free(other);
                others.add(other);
            }
        }
        boolean fits = !reservation.released && free >= more;
        if (fits) {
            free -= more;
            reservation.bytes += more;
        }
        return fits;
    }

    private synchronized void free(Reservation reservation) {
        arriving.remove(reservation);
        if (!reservation.released) {
            reservation.released = true;
            free += reservation.bytes;
        }
    }

    /** Takes the permit to read one more large body; false if there is none. */
    public boolean tryAcquireLarge() {
        return large.tryAcquire();
    }

    /** Returns the permit. */
    public void releaseLarge() {
        large.release();
    }
}
