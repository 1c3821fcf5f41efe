package dev.lockstep.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.room.Deltas;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.room.Visibility;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LogPageCacheTest {
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final Visibility TASKS = Visibility.of(Set.of(new CollectionName("tasks")));
    private static final PageEncoder<Long> PLACE = commits -> List.of(7L);
    private static final Seq HEAD = new Seq(100);
    private static final Deltas<Long> PAGE = new Deltas<>(List.of(9L), new Seq(9), true);
    private static final Deltas<Long> LAST = new Deltas<>(List.of(100L), HEAD, false);

    private final LogPageCache cache = new LogPageCache(1_010);

    private static PageRequest<Long> after(long seq) {
        return new PageRequest<>(List.of(ROOM), TASKS, new Seq(seq), 9, PLACE);
    }

    @Test
    @Tag("STR23")
    @DisplayName("[STR23] a page is cached while the log grows; the last page until it does")
    void grows() {
        cache.put(after(1), PAGE, HEAD, 10);
        cache.put(after(2), LAST, HEAD, 10);

        assertThat(cache.find(after(1), HEAD)).contains(PAGE);
        assertThat(cache.find(after(1), new Seq(101))).contains(PAGE);
        assertThat(cache.find(after(2), HEAD)).contains(LAST);
        assertThat(cache.find(after(2), new Seq(101))).isEmpty();
    }

    @Test
    @Tag("STR23")
    @DisplayName("[STR23] the least recently used pages are evicted")
    void full() {
        cache.put(after(1), PAGE, HEAD, 400);
        cache.put(after(2), PAGE, HEAD, 400);
        cache.find(after(1), HEAD);
        cache.put(after(3), PAGE, HEAD, 400);

        assertThat(cache.find(after(2), HEAD)).isEmpty();
        assertThat(cache.find(after(1), HEAD)).isPresent();
        cache.put(after(1), PAGE, HEAD, 600); // replaces the one with 400
        assertThat(cache.find(after(3), HEAD)).isPresent();
        cache.put(after(4), PAGE, HEAD, 1_011);
        assertThat(cache.find(after(4), HEAD)).isEmpty();
        assertThat(cache.find(after(1), HEAD)).isEmpty();
    }

    @Test
    @Tag("STR23")
    @DisplayName("[STR23] the requested rooms of a page count as memory too")
    void manyRooms() {
        List<RoomId> rooms = IntStream.range(0, 10)
                .mapToObj(i -> new RoomId("workshop", "x".repeat(100) + i))
                .toList();
        PageRequest<Long> wide = new PageRequest<>(rooms, TASKS, new Seq(1), 9, PLACE);
        cache.put(wide, PAGE, HEAD, 10);

        assertThat(cache.find(wide, HEAD)).isEmpty();
    }

    @Test
    @Tag("STR23")
    @DisplayName("[STR23] the number of pages is bounded, however short they are")
    void many() {
        LogPageCache large = new LogPageCache(Long.MAX_VALUE);
        for (int i = 0; i <= LogPageCache.PAGES_MAX; i++) {
            large.put(after(i), LAST, HEAD, 0);
        }

        assertThat(large.find(after(0), HEAD)).isEmpty();
        assertThat(large.find(after(1), HEAD)).isPresent();
    }
}
