package dev.lockstep.wire.channels.subscription;

import dev.lockstep.wire.channels.request.ClientMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The snapshots that one client since 2.0 requests page by page, by channel. Thread-safe. */
public final class PagedSnapshots {
    /** Longest time to the request for the next page. After it the snapshot is closed, and a request begins a new one. */
    public static final Duration IDLE_MAX = Duration.ofSeconds(60);

    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private record Kept(PagedSnapshot snapshot, long sinceNanos) {}

    /**
     * A snapshot of which pages are left.
     *
     * @param requestId the request that its pages answer
     * @param pages the rows that are left
     * @param position the position of the snapshot
     * @param view the name of the client's view
     * @param cursor the cursor of the last page that was sent
     */
    public record PagedSnapshot(String requestId, RowPages pages, long position, String view, long cursor) {}

    /** Keeps a snapshot until the client requests its next page. */
    public void keep(String channel, PagedSnapshot snapshot) {
        keep(channel, snapshot, System.nanoTime());
    }

    void keep(String channel, PagedSnapshot snapshot, long nowNanos) {
        kept.put(channel, new Kept(snapshot, nowNanos));
    }

    /** Takes the snapshot whose next page a request asks for; empty if there is none. */
    public Optional<PagedSnapshot> take(ClientMessage.Subscribe request) {
        return Optional.ofNullable(kept.get(request.channel()))
                .filter(each -> request.requestId()
                                .equals(Optional.of(each.snapshot().requestId()))
                        && request.cursor().orElse(-1) == each.snapshot().cursor())
                .filter(each -> kept.remove(request.channel(), each))
                .map(Kept::snapshot);
    }

    /** Closes the snapshots that have waited for too long; their channels. */
    public List<String> closeIdle() {
        return closeIdle(System.nanoTime());
    }

    List<String> closeIdle(long nowNanos) {
        List<String> closed = new ArrayList<>();
        kept.forEach((channel, each) -> {
            if (nowNanos - each.sinceNanos() > IDLE_MAX.toNanos() && kept.remove(channel, each)) {
                each.snapshot().pages().close();
                closed.add(channel);
            }
        });
        return closed;
    }

    /** Closes the snapshot of a channel, if there is one. */
    public void close(String channel) {
        Kept left = kept.remove(channel);
        if (left != null) {
            left.snapshot().pages().close();
        }
    }

    /** Closes all snapshots; their channels. */
    public List<String> closeAll() {
        List<String> closed = List.copyOf(kept.keySet());
        closed.forEach(this::close);
        return closed;
    }
}
