package dev.lockstep.snapshot;

import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.ListPosition;
import dev.lockstep.collection.row.ListQuery;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Cache of recently read lists, each at its version: a request for an unchanged list gets the same bytes. When many clients
 * reconnect at once, one request reads for all. Thread-safe.
 *
 * <p>Not of Caffeine (ADR 0057): a read may end with a later version than its request, bytes and number are bounded at once, and
 * a new list must displace the least recently used one, however often that was read.
 */
final class ListCache {
    /** Most bytes of a cached list. A larger one is read for each request. */
    static final int LIST_BYTES_MAX = 4 * 1024 * 1024;

    /** Most bytes of all lists. The least recently used list is evicted first. */
    static final long BYTES_MAX = 32L * 1024 * 1024;

    /** Most lists: empty lists take no bytes, and a client can request many. The least recently used one is evicted first. */
    static final int LISTS_MAX = 1_000;

    /** How long a list is cached. Unannounced changes outside the log become visible after it. */
    static final Duration KEPT_FOR = Duration.ofSeconds(10);

    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, CompletableFuture<Optional<Kept>>> beingRead = new HashMap<>();
    private long bytes;

    /** One state of one list. */
    record Key(CollectionModel model, RoomId home, ListQuery wanted, String separator, ListVersion version) {
        Key at(ListVersion other) {
            return new Key(model, home, wanted, separator, other);
        }
    }

    /** The JSON of its rows as they were at a position. */
    @SuppressWarnings("ArrayRecordComponent") // the array is not changed, and instances are not compared
    record Kept(Seq position, ListVersion version, Optional<ListPosition> next, byte[] rows, long readNanos) {}

    /** The result of a lookup. */
    sealed interface Found {
        record Here(Kept kept) implements Found {}

        /** Another request reads it: wait for that without locks. Empty if it could not be cached. */
        record Coming(CompletableFuture<Optional<Kept>> reading) implements Found {}

        /** The caller reads it, and calls {@link #complete} in any case. */
        record Missing() implements Found {}
    }

    synchronized Found find(Key key, long nowNanos) {
        forgetOld(nowNanos);
        Kept here = kept.get(key);
        if (here != null) {
            return new Found.Here(here);
        }
        CompletableFuture<Optional<Kept>> coming = beingRead.get(key);
        if (coming != null) {
            return new Found.Coming(coming);
        }
        beingRead.put(key, new CompletableFuture<>());
        return new Found.Missing();
    }

    /** Ends the read of a list: with its rows, possibly of a later version, or without success. */
    void complete(Key key, Optional<Kept> read) {
        CompletableFuture<Optional<Kept>> waiting;
        synchronized (this) {
            waiting = beingRead.remove(key);
            read.ifPresent(list -> keep(key.at(list.version()), list));
        }
        if (waiting != null) {
            waiting.complete(read);
        }
    }

    private void keep(Key key, Kept list) {
        Kept before = kept.put(key, list);
        bytes += list.rows().length - (before == null ? 0 : before.rows().length);
        Iterator<Kept> longestAgo = kept.values().iterator();
        while (bytes > BYTES_MAX || kept.size() > LISTS_MAX) {
            bytes -= longestAgo.next().rows().length;
            longestAgo.remove();
        }
    }

    private void forgetOld(long nowNanos) {
        for (Iterator<Kept> each = kept.values().iterator(); each.hasNext(); ) {
            Kept list = each.next();
            if (nowNanos - list.readNanos() > KEPT_FOR.toNanos()) {
                bytes -= list.rows().length;
                each.remove();
            }
        }
    }

    synchronized long bytes() {
        return bytes;
    }
}
