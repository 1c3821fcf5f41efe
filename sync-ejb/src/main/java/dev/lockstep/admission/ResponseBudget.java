package dev.lockstep.admission;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Bounds what pages of deltas hold in memory until their clients have taken them, over all applications of a node. Bytes
 * that several of them share count once. Thread-safe.
 */
@ApplicationScoped
public class ResponseBudget {
    /** Pages that nobody takes hold at most one part in so many of the heap. */
    private static final int MEMORY_SHARE = 4;

    private final long bytesMax;
    private final IdentityHashMap<byte[], Integer> users = new IdentityHashMap<>();
    private long bytes;

    ResponseBudget() {
        this(Runtime.getRuntime().maxMemory() / MEMORY_SHARE);
    }

    /** @param bytesMax most bytes of all pages. One more page is refused as {@code OVERLOADED}, if there is another */
    ResponseBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /**
     * Counts a page that is to be sent.
     *
     * @param parts what it is made of; nobody changes them
     * @return lets go of it; to be done once
     * @throws SyncException if too much waits to be taken already
     */
    public synchronized Runnable reserve(List<byte[]> parts) {
        long more = 0;
        for (byte[] part : parts) {
            more += users.containsKey(part) ? 0 : part.length;
        }
        if (bytes > 0 && more > bytesMax - bytes) {
            throw new SyncException(
                    ErrorCode.OVERLOADED, "Too many have not taken what they asked for; ask again later, or for less");
        }
        parts.forEach(part -> users.merge(part, 1, Integer::sum));
        bytes += more;
        return () -> release(parts);
    }

    private synchronized void release(List<byte[]> parts) {
        for (byte[] part : parts) {
            if (users.computeIfPresent(part, (held, count) -> count == 1 ? null : count - 1) == null) {
                bytes -= part.length;
            }
        }
    }

    synchronized long bytes() {
        return bytes;
    }
}
