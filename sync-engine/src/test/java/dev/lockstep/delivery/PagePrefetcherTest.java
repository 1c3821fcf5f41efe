package dev.lockstep.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.delivery.PagePrefetcher.PendingPage;
import dev.lockstep.room.PageEncoder;
import dev.lockstep.room.Visibility;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PagePrefetcherTest {
    private static final long NOW = 1_000;
    private static final long LATER = NOW + PagePrefetcher.PAGE_AGE_MAX.toNanos() + 1;
    private static final RoomId ROOM = new RoomId("workshop", "p1");
    private static final PageEncoder<Long> PLACE = commits -> List.of(7L);
    private static final PendingPage<Long> PAGE =
            new PendingPage<>(new CompletableFuture<>(), new CompletableFuture<>());

    private final PagePrefetcher ahead = new PagePrefetcher();

    private static Visibility of(String collection) {
        return Visibility.of(Set.of(new CollectionName(collection)));
    }

    private static PageRequest<Long> after(long seq) {
        return new PageRequest<>(List.of(ROOM), of("tasks"), new Seq(seq), 9, PLACE);
    }

    @Test
    @Tag("STR22")
    @DisplayName("[STR22] a prefetched page is served once")
    void once() {
        ahead.put(after(1), PAGE, NOW);

        assertThat(ahead.take(after(1), NOW)).contains(PAGE);
        assertThat(ahead.take(after(1), NOW)).isEmpty();
    }

    @Test
    @Tag("STR22")
    @DisplayName("[STR22] a different request does not get the prefetched page")
    void another() {
        ahead.put(after(1), PAGE, NOW);
        PageEncoder<Long> other = commits -> List.of();

        assertThat(ahead.take(after(2), NOW)).isEmpty();
        assertThat(ahead.take(new PageRequest<>(List.of(ROOM), of("tools"), new Seq(1), 9, PLACE), NOW))
                .isEmpty();
        assertThat(ahead.take(new PageRequest<>(List.of(ROOM), of("tasks"), new Seq(1), 8, PLACE), NOW))
                .isEmpty();
        assertThat(ahead.take(new PageRequest<>(List.of(ROOM), of("tasks"), new Seq(1), 9, other), NOW))
                .isEmpty();
        assertThat(ahead.take(
                        new PageRequest<>(List.of(new RoomId("workshop", "p2")), of("tasks"), new Seq(1), 9, PLACE),
                        NOW))
                .isEmpty();
    }

    @Test
    @Tag("STR22")
    @DisplayName("[STR22] a prefetched page that is not requested expires and frees its memory")
    void old() {
        for (int i = 0; i < PagePrefetcher.PAGES_MAX; i++) {
            ahead.put(after(i), PAGE, NOW);
        }
        ahead.put(after(99), PAGE, NOW);

        assertThat(ahead.hasSpace(NOW)).isFalse();
        assertThat(ahead.take(after(99), NOW)).isEmpty();
        assertThat(ahead.take(after(0), LATER)).isEmpty();
        assertThat(ahead.hasSpace(LATER)).isTrue();
    }
}
