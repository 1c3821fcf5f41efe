package dev.lockstep.wire.channels.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.wire.channels.request.ClientMessage.Subscribe;
import dev.lockstep.wire.channels.request.Limits;
import dev.lockstep.wire.channels.subscription.PagedSnapshots.PagedSnapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PagedSnapshotsTest {
    private static final long IDLE_NANOS = PagedSnapshots.IDLE_MAX.toNanos();

    private final PagedSnapshots pages = new PagedSnapshots();
    private final AtomicInteger closed = new AtomicInteger();

    private RowPages rows(String text) {
        return RowPages.thatFit(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        });
    }

    private PagedSnapshot snapshot() {
        return new PagedSnapshot("r", rows("{}\n{}\n"), 9, "9-view", 3);
    }

    private static Subscribe request(String requestId, long cursor) {
        return new Subscribe(
                "todos",
                Optional.of(requestId),
                Optional.empty(),
                OptionalLong.of(cursor),
                Optional.of("9-view"),
                false);
    }

    @Test
    @Tag("CH8")
    @DisplayName(
            "[CH8] a snapshot whose next page is not requested for 60 s is closed, and its request begins a new one")
    void idle() {
        pages.keep("todos", snapshot(), 0);
        pages.closeIdle(IDLE_NANOS);
        assertThat(closed).hasValue(0);

        pages.closeIdle(IDLE_NANOS + 1);

        assertThat(closed).hasValue(1);
        assertThat(pages.take(request("r", 3))).isEmpty();
    }

    @Test
    @Tag("CH8")
    @DisplayName("[CH8] the request for a page takes the snapshot, which is then not closed; another request does not")
    void taken() {
        PagedSnapshot kept = snapshot();
        pages.keep("todos", kept, 0);

        assertThat(pages.take(request("other", 3))).isEmpty();
        assertThat(pages.take(request("r", 2))).isEmpty();
        assertThat(pages.take(request("r", 3))).contains(kept);
        assertThat(pages.take(request("r", 3))).isEmpty();
        pages.closeIdle(2 * IDLE_NANOS);
        pages.closeAll();
        assertThat(closed).hasValue(0);
    }

    @Test
    @Tag("CH8")
    @DisplayName("[CH8] the end of a subscription closes its snapshot")
    void ended() {
        pages.keep("todos", snapshot(), 0);
        pages.close("todos");
        pages.close("todos");

        assertThat(closed).hasValue(1);
    }

    @Test
    @Tag("CH20")
    @DisplayName("[CH20] rows that a frame cannot hold are left out of a snapshot, all others are in it")
    void tooLarge() {
        String largest = row("l", Limits.ROW_BYTES_MAX);
        String wide = "{\"id\":\"w\",\"text\":\"" + "\u00e4".repeat(Limits.ROW_BYTES_MAX / 2) + "\"}";
        String named = "{\"text\":\"" + "x".repeat(200) + "\",\"id\":\"" + "\\\"".repeat(129) + "\"}";
        String shortest = row("\\\"".repeat(128), 300);
        RowPages found = rows(String.join(
                "\n",
                row("a", 20),
                row("x", Limits.ROW_BYTES_MAX + 1),
                largest,
                wide,
                row("i".repeat(129), 200),
                named,
                shortest,
                ""));

        assertThat(found.next()).isEqualTo(row("a", 20));
        assertThat(found.next()).isEqualTo(largest);
        assertThat(found.next()).isEqualTo(shortest);
        assertThat(found.hasNext()).isFalse();
        assertThat(found.hasOmitted()).isTrue();
    }

    private static String row(String id, int bytes) {
        String row = "{\"id\":\"" + id + "\",\"t\":\"\"}";
        return row.replace("\"\"}", "\"" + "x".repeat(Math.max(0, bytes - row.length())) + "\"}");
    }
}
