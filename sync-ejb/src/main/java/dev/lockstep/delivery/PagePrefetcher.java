package dev.lockstep.delivery;

import dev.lockstep.room.Deltas;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Pages of deltas that are read before they are asked for, while the page before is on its way. Each is for one who asks
 * for it, by the same rights. Thread-safe.
 */
final class PagePrefetcher {
    /** Most pages, each with its characters' limit. Who asks while there are as many has none read ahead. */
    static final int PAGES_MAX = 4;

    /** How long a page may stay untaken. After it, it makes room for others; it is never older when it is told. */
    static final Duration KEPT_FOR = Duration.ofSeconds(5);

    private final Map<PageRequest<?>, Ahead> pages = new HashMap<>();

    /**
     * A page on its way.
     *
     * @param read completed first, if it can be read, before it is told in a dialect's form
     */
    record Coming<T>(CompletionStage<Deltas<?>> read, CompletionStage<Deltas<T>> told) {}

    private record Ahead(Coming<?> page, long sinceNanos) {}

    /** Whether there is a place for one more. */
    synchronized boolean hasPlace(long nowNanos) {
        pages.values().removeIf(ahead -> nowNanos - ahead.sinceNanos() > KEPT_FOR.toNanos());
        return pages.size() < PAGES_MAX;
    }

    synchronized <T> void keep(PageRequest<T> wanted, Coming<T> page, long nowNanos) {
        if (hasPlace(nowNanos)) {
            pages.put(wanted, new Ahead(page, nowNanos));
        }
    }

    /** The page, if it is read ahead; nobody else gets it. It may still be on its way from the database. */
    @SuppressWarnings("unchecked") // what is wanted names the encoder, and so the type
    synchronized <T> Optional<Coming<T>> take(PageRequest<T> wanted, long nowNanos) {
        Ahead ahead = pages.remove(wanted);
        return ahead == null || nowNanos - ahead.sinceNanos() > KEPT_FOR.toNanos()
                ? Optional.empty()
                : Optional.of((Coming<T>) ahead.page());
    }
}
