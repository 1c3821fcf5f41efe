package dev.lockstep.admission;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Memory budget for pages of deltas that their clients have not received yet, over all applications of a node. Bytes that
 * several pages share count once. Thread-safe.
 */
@ApplicationScoped
public class ResponseBudget {
    /** Unreceived pages take at most one part in so many of the heap. */
    private static final int MEMORY_SHARE = 4;

    private final long bytesMax;
    private final IdentityHashMap<byte[], Integer> users = new IdentityHashMap<>();
    private long bytes;

    ResponseBudget() {
        this(Runtime.getRuntime().maxMemory() / MEMORY_SHARE);
    }

    /** @param bytesMax most bytes of all pages. A further page is refused as {@code OVERLOADED}, unless it is the only one */
    ResponseBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /**
     * Counts a page that is to be sent.
     *
     * @param parts its bytes, which must not be changed
     * @return releases the page; to be called once
     * @throws SyncException if the budget is used up
     */
    public synchronized Runnable reserve(List<byte[]> parts) {
        long more = 0;
        for (byte[] part : parts) {
            more += users.containsKey(part) ? 0 : part.length;
        }
        if (bytes > 0 && more > bytesMax - bytes) {
            throw new SyncException(
                    ErrorCode.OVERLOADED,
                    "Too many answers wait for slow clients; send the request again later, or request less");
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
