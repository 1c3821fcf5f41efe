package dev.lockstep.delivery;

import dev.lockstep.room.Deltas;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Pages of deltas that are read ahead while the previous page is sent. Each is used once, by an equal request. Thread-safe.
 */
final class PagePrefetcher {
    /** Most prefetched pages, each limited in characters. While there are as many, no more are prefetched. */
    static final int PAGES_MAX = 4;

    /** How long a page may stay unused. After it the page is discarded, so it is never sent later. */
    static final Duration PAGE_AGE_MAX = Duration.ofSeconds(5);

    private final Map<PageRequest<?>, Entry> pages = new HashMap<>();

    /**
     * A page that is being read.
     *
     * @param read completes when it was read
     * @param encoded completes when it was encoded by its dialect
     */
    record PendingPage<T>(CompletionStage<Deltas<?>> read, CompletionStage<Deltas<T>> encoded) {}

    private record Entry(PendingPage<?> page, long sinceNanos) {}

    /** Whether one more page may be prefetched. */
    synchronized boolean hasSpace(long nowNanos) {
        pages.values().removeIf(entry -> nowNanos - entry.sinceNanos() > PAGE_AGE_MAX.toNanos());
        return pages.size() < PAGES_MAX;
    }

    synchronized <T> void put(PageRequest<T> wanted, PendingPage<T> page, long nowNanos) {
        if (hasSpace(nowNanos)) {
            pages.put(wanted, new Entry(page, nowNanos));
        }
    }

    /** Takes the page, if it was prefetched. It may still be read from the database. */
    @SuppressWarnings("unchecked") // the request contains the encoder, and so the type
    synchronized <T> Optional<PendingPage<T>> take(PageRequest<T> wanted, long nowNanos) {
        Entry entry = pages.remove(wanted);
        return entry == null || nowNanos - entry.sinceNanos() > PAGE_AGE_MAX.toNanos()
                ? Optional.empty()
                : Optional.of((PendingPage<T>) entry.page());
    }
}
