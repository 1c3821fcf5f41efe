package dev.lockstep.delivery;

import dev.lockstep.api.Seq;
import dev.lockstep.room.Deltas;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Least-recently-used cache of pages of deltas, shared by clients with the same visibility: after a restart of the server
 * its clients reconnect with the same cursor. Thread-safe.
 *
 * <p>Not of Caffeine (ADR 0057): a new page must displace the least recently used one (STR23), and characters and number are
 * bounded at once.
 */
final class LogPageCache {
    /** Most pages. Short pages take few characters, so that limit alone would admit very many. */
    static final int PAGES_MAX = 10_000;

    private final long charactersMax;
    private final Map<PageRequest<?>, Entry<?>> pages = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    private record Entry<T>(Deltas<T> page, Seq head, long characters) {
        /** The last page is current until something is appended to the log; other pages do not change. */
        boolean isCurrentAt(Seq now) {
            return page.more() || head.equals(now);
        }
    }

    /** @param charactersMax the approximate most characters of all pages and their requests */
    LogPageCache(long charactersMax) {
        this.charactersMax = charactersMax;
    }

    /**
     * A cached page.
     *
     * @param head the last position of the log
     */
    @SuppressWarnings("unchecked") // the request contains the encoder, and so the type
    synchronized <T> Optional<Deltas<T>> find(PageRequest<T> wanted, Seq head) {
        return Optional.ofNullable((Entry<T>) pages.get(wanted))
                .filter(entry -> entry.isCurrentAt(head))
                .map(Entry::page);
    }

    /**
     * Caches a page.
     *
     * @param head the last position of the log when the page was read
     * @param pageCharacters its approximate number of characters
     */
    synchronized <T> void put(PageRequest<T> wanted, Deltas<T> page, Seq head, long pageCharacters) {
        long entryCharacters = wanted.characters() + pageCharacters;
        Entry<?> before = pages.put(wanted, new Entry<>(page, head, entryCharacters));
        characters += entryCharacters - (before == null ? 0 : before.characters());
        Iterator<Entry<?>> oldest = pages.values().iterator();
        while (characters > charactersMax || pages.size() > PAGES_MAX) {
            characters -= oldest.next().characters();
            oldest.remove();
        }
    }
}
