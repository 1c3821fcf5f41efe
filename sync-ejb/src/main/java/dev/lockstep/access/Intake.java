package dev.lockstep.access;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** How much of what clients send is held at once, over all web applications of the server. Thread-safe. */
public final class Intake {
    /**
     * The part of the heap that bodies may take. JSON takes up to 40 times its size once it is read, so that all of it fits.
     * What comes beyond it is to be refused as busy, and sent again.
     */
    private static final int HEAP_PART = 64;

    /** Bytes that may always be held, however small the heap. */
    private static final long BYTES_MIN = 4L * 1024 * 1024;

    /**
     * Bodies that are too large to be collected, and so are read by a thread that waits for them: a quarter of the threads
     * that a server with 2 processors has. One more is to be refused as busy.
     */
    static final int LARGE_AT_ONCE_MAX = 8;

    /** The one of this server. */
    public static final Intake OF_SERVER =
            new Intake(Math.max(Runtime.getRuntime().maxMemory() / HEAP_PART, BYTES_MIN));

    private final AtomicLong free;
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE_MAX);

    /** @param bytesMax most that is held at once */
    public Intake(long bytesMax) {
        free = new AtomicLong(bytesMax);
    }

    /** Whether there is room for so many bytes, which is taken then. */
    public boolean take(int bytes) {
        return free.getAndUpdate(left -> left >= bytes ? left - bytes : left) >= bytes;
    }

    /** They are not held any more. */
    public void giveBack(int bytes) {
        free.addAndGet(bytes);
    }

    /** Whether there is a thread for one more large body, which is taken then. */
    public boolean takeLarge() {
        return large.tryAcquire();
    }

    /** It has been read. */
    public void giveBackLarge() {
        large.release();
    }
}
