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
 * How much of what clients send is held at once, over all web applications of the server. Where there is no room, who has
 * been sending for long gives way: else few who send slowly, and on purpose, would keep all others out. Thread-safe.
 */
public final class RequestBodyBudget {
    /**
     * The part of the heap that bodies may take. JSON takes up to 40 times its size once it is read, so that all of it fits.
     * What comes beyond it is to be refused as busy, and sent again.
     */
    private static final int HEAP_PART = 64;

    /** Bytes that may always be held, however small the heap. */
    private static final long BYTES_MIN = 4L * 1024 * 1024;

    /** How long somebody has to be sending to give way: most bodies are there at once, or a round trip later. */
    private static final Duration SENDS_FOR_LONG = Duration.ofSeconds(1);

    /**
     * Bodies that are too large to be collected, and so are read by a thread that waits for them: a quarter of the threads
     * that a server with 2 processors has. One more is to be refused as busy.
     */
    static final int LARGE_AT_ONCE_MAX = 8;

    /** The one of this server. */
    public static final RequestBodyBudget OF_SERVER =
            new RequestBodyBudget(Math.max(Runtime.getRuntime().maxMemory() / HEAP_PART, BYTES_MIN), System::nanoTime);

    private final LongSupplier nanos;
    private final Set<Reservation> arriving = new LinkedHashSet<>(); // who came first, is first
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE_MAX);
    private long free;

    /** @param bytesMax most that is held at once */
    public RequestBodyBudget(long bytesMax, LongSupplier nanos) {
        this.free = bytesMax;
        this.nanos = nanos;
    }

    /** Room for one body. */
    public final class Reservation implements BodyReservation {
        private final Runnable givingWay;
        private final long sinceNanos = nanos.getAsLong();
        private long bytes;
        private boolean gone;

        private Reservation(Runnable givingWay) {
            this.givingWay = givingWay;
        }

        @Override
        public boolean tryReserve(int more) {
            List<Reservation> others = new ArrayList<>();
            boolean fits = tryHold(this, more, others);
            others.forEach(each -> each.givingWay.run());
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
     * A place for a body that arrives.
     *
     * @param givingWay hears that its room was given to others; its body is to be refused as busy. Must not block
     */
    public synchronized Reservation reserve(Runnable givingWay) {
        Reservation reservation = new Reservation(givingWay);
        arriving.add(reservation);
        return reservation;
    }

    private synchronized boolean tryHold(Reservation reservation, int more, List<Reservation> others) {
        Iterator<Reservation> longest = arriving.iterator();
        while (free < more && longest.hasNext()) {
            Reservation other = longest.next();
            if (other != reservation && nanos.getAsLong() - other.sinceNanos > SENDS_FOR_LONG.toNanos()) {
                longest.remove();
                free(other);
                others.add(other);
            }
        }
        boolean fits = !reservation.gone && free >= more;
        if (fits) {
            free -= more;
            reservation.bytes += more;
        }
        return fits;
    }

    private synchronized void free(Reservation reservation) {
        arriving.remove(reservation);
        if (!reservation.gone) {
            reservation.gone = true;
            free += reservation.bytes;
        }
    }

    /** Whether there is a thread for one more large body, which is taken then. */
    public boolean tryAcquireLarge() {
        return large.tryAcquire();
    }

    /** It has been read. */
    public void releaseLarge() {
        large.release();
    }
}
