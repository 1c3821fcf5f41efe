package dev.lockstep.delivery;

import dev.lockstep.api.Seq;
import dev.lockstep.room.Deltas;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pages of deltas that were told lately, for all who may see the same: when a server was away, all of its clients come
 * back with the same place. What was asked for longest ago, goes first. Thread-safe.
 */
final class LogPageCache {
    /** Most pages: short ones take few characters, and there may be many of them. */
    static final int PAGES_MAX = 10_000;

    private final long charactersMax;
    private final Map<PageRequest<?>, Kept<?>> pages = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    private record Kept<T>(Deltas<T> page, Seq head, long characters) {
        /** The last page is the same as long as nothing was appended to the log; another one does not change. */
        boolean isSameAt(Seq now) {
            return page.more() || head.equals(now);
        }
    }

    /** @param charactersMax most characters of all pages and of what they were asked for by, about */
    LogPageCache(long charactersMax) {
        this.charactersMax = charactersMax;
    }

    /**
     * A page that was kept.
     *
     * @param head the last place of the log
     */
    @SuppressWarnings("unchecked") // what is wanted names the encoder, and so the type
    synchronized <T> Optional<Deltas<T>> find(PageRequest<T> wanted, Seq head) {
        return Optional.ofNullable((Kept<T>) pages.get(wanted))
                .filter(kept -> kept.isSameAt(head))
                .map(Kept::page);
    }

    /**
     * Keeps a page.
     *
     * @param head the last place of the log when it was read
     * @param ofPage how many characters it has, about
     */
    synchronized <T> void keep(PageRequest<T> wanted, Deltas<T> page, Seq head, long ofPage) {
        long ofBoth = wanted.characters() + ofPage;
        Kept<?> before = pages.put(wanted, new Kept<>(page, head, ofBoth));
        characters += ofBoth - (before == null ? 0 : before.characters());
        Iterator<Kept<?>> longestAgo = pages.values().iterator();
        while (characters > charactersMax || pages.size() > PAGES_MAX) {
            characters -= longestAgo.next().characters();
            longestAgo.remove();
        }
    }
}
