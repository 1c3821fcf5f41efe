package dev.lockstep.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.snapshot.ListCache.Found;
import dev.lockstep.snapshot.ListCache.Kept;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ListCacheTest {
    private static final long NOW = 1_000;
    private static final CollectionModel TOOLS = TestDatabase.collections()
            .find("workshop", new CollectionName("tools"))
            .orElseThrow();

    private final ListCache cache = new ListCache();

    private static ListCache.Key list(String scope, long frameNumber) {
        RoomId home = new RoomId("workshop", "p1");
        return new ListCache.Key(
                TOOLS, home, ListQuery.of(Optional.of(scope)), ",", new ListVersion(Seq.START, frameNumber));
    }

    private static Kept ofBytes(int count, long frameNumber) {
        return new Kept(new Seq(7), new ListVersion(Seq.START, frameNumber), Optional.empty(), new byte[count], NOW);
    }

    @Test
    @Tag("SNAP3")
    @DisplayName("[SNAP3] one request reads, the others wait for it")
    void oneReads() {
        assertThat(cache.find(list("a", 1), NOW)).isInstanceOf(Found.Missing.class);
        Found.Coming others = (Found.Coming) cache.find(list("a", 1), NOW);
        Kept read = ofBytes(10, 1);
        cache.complete(list("a", 1), Optional.of(read));

        assertThat(others.reading()).isCompletedWithValue(Optional.of(read));
        assertThat(cache.find(list("a", 1), NOW)).isEqualTo(new Found.Here(read));
        assertThat(cache.find(list("b", 1), NOW)).isInstanceOf(Found.Missing.class);
    }

    @Test
    @Tag("SNAP3")
    @DisplayName("[SNAP3] a failed read is repeated by the next request")
    void inVain() {
        cache.find(list("a", 1), NOW);
        Found.Coming others = (Found.Coming) cache.find(list("a", 1), NOW);
        cache.complete(list("a", 1), Optional.empty());

        assertThat(others.reading()).isCompletedWithValue(Optional.empty());
        assertThat(cache.find(list("a", 1), NOW)).isInstanceOf(Found.Missing.class);
    }

    @Test
    @Tag("SNAP3")
    @DisplayName("[SNAP3] a list that changed during its read is cached as of its read")
    void changedMeanwhile() {
        cache.find(list("a", 1), NOW);
        cache.complete(list("a", 1), Optional.of(ofBytes(10, 2)));

        assertThat(cache.find(list("a", 1), NOW)).isInstanceOf(Found.Missing.class);
        assertThat(cache.find(list("a", 2), NOW)).isInstanceOf(Found.Here.class);
    }

    @Test
    @Tag("SNAP3")
    @DisplayName("[SNAP3] a list is cached for ten seconds")
    void kept() {
        cache.complete(list("a", 1), Optional.of(ofBytes(10, 1)));
        long last = NOW + ListCache.KEPT_FOR.toNanos();

        assertThat(cache.find(list("a", 1), last)).isInstanceOf(Found.Here.class);
        assertThat(cache.find(list("a", 1), last + 1)).isInstanceOf(Found.Missing.class);
        assertThat(cache.bytes()).isZero();
    }

    @Test
    @Tag("SNAP3")
    @DisplayName("[SNAP3] the cache is bounded in bytes: the least recently used lists are evicted")
    void bounded() {
        int fitting = (int) (ListCache.BYTES_MAX / ListCache.LIST_BYTES_MAX);
        for (int i = 0; i < fitting; i++) {
            cache.complete(list("s" + i, 1), Optional.of(ofBytes(ListCache.LIST_BYTES_MAX, 1)));
        }
        cache.find(list("s0", 1), NOW);
        cache.complete(list("one more", 1), Optional.of(ofBytes(1, 1)));

        assertThat(cache.bytes()).isLessThanOrEqualTo(ListCache.BYTES_MAX);
        assertThat(cache.find(list("s0", 1), NOW)).isInstanceOf(Found.Here.class);
        assertThat(cache.find(list("s1", 1), NOW)).isInstanceOf(Found.Missing.class);
    }

    @Test
    @Tag("SNAP3")
    @DisplayName("[SNAP3] lists without rows are bounded as well: any caller can request many")
    void boundedInNumber() {
        for (int i = 0; i <= ListCache.LISTS_MAX; i++) {
            cache.complete(list("s" + i, 1), Optional.of(ofBytes(0, 1)));
        }

        assertThat(cache.find(list("s1", 1), NOW)).isInstanceOf(Found.Here.class);
        assertThat(cache.find(list("s0", 1), NOW)).isInstanceOf(Found.Missing.class);
    }
}
