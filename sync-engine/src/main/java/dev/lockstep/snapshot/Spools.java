package dev.lockstep.snapshot;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import java.util.concurrent.atomic.AtomicLong;

/** The common limit of all spools of a node. Thread-safe. */
final class Spools {
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();

    /** @param bytesMax most bytes in all open spools. A snapshot that needs one more is refused as retryable */
    Spools(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    Spool open() {
        return new Spool(this);
    }

    /** A spool of bytes that their owner keeps. */
    Spool of(byte[] kept) {
        return new Spool(this, kept);
    }

    void reserve(long more) {
        if (bytes.addAndGet(more) > bytesMax) {
            bytes.addAndGet(-more);
            throw new SyncException(
                    ErrorCode.OVERLOADED,
                    "Too many bytes wait for slow readers; send the request again later, or request less");
        }
    }

    void free(long fewer) {
        bytes.addAndGet(-fewer);
    }

    long bytes() {
        return bytes.get();
    }
}
