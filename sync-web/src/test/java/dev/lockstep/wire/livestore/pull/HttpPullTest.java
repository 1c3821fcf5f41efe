package dev.lockstep.wire.livestore.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.StoreEvent;
import dev.lockstep.event.StorePage;
import dev.lockstep.event.StoredEvent;
import dev.lockstep.wire.http.ResponseParts;
import dev.lockstep.wire.json.PlainJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HttpPullTest {
    private static final int PAGE_EVENTS = 250;

    private final AtomicInteger pages = new AtomicInteger();

    private StorePages.Source store(long head) {
        return (after, eventsMax, charactersMax) -> {
            pages.incrementAndGet();
            long last = Math.max(after, Math.min(head, after + PAGE_EVENTS));
            List<StoredEvent> events = LongStream.rangeClosed(after + 1, last)
                    .mapToObj(number ->
                            new StoredEvent(number, new StoreEvent(number, number - 1, "n", "{}", "c", "s").json(), 0))
                    .toList();
            return CompletableFuture.completedStage(new StorePage(events, Math.max(0, head - last)));
        };
    }

    private static String whole(HttpPull pull) {
        ResponseParts parts = pull.begin().toCompletableFuture().join();
        StringBuilder text = new StringBuilder();
        byte[] part = parts.next().toCompletableFuture().join();
        while (part.length > 0) {
            text.append(new String(part, StandardCharsets.UTF_8));
            part = parts.next().toCompletableFuture().join();
        }
        return text.toString();
    }

    @Test
    @Tag("LS9")
    @DisplayName("[LS9] the answer is one array: the chunks of all pages, and an exit")
    void pages() {
        String text = whole(new HttpPull("3", "b", store(601), 1));
        List<?> messages = (List<?>) PlainJson.parse(text);
        assertThat(messages).hasSize(8).last().hasToString("{_tag=Exit, requestId=3, exit={_tag=Success}}");
        assertThat(text.split("\"eventEncoded\"", -1)).hasSize(601);
        assertThat(text).containsOnlyOnce("NoMore");
        assertThat(pages).hasValue(3);
    }

    @Test
    @Tag("LS9")
    @DisplayName("[LS9] nothing to pull is an empty chunk and an exit")
    void nothing() {
        assertThat(whole(new HttpPull("3", "b", store(0), 0)))
                .isEqualTo("[{\"_tag\":\"Chunk\",\"requestId\":\"3\",\"values\":[{\"batch\":[],"
                        + "\"pageInfo\":{\"_tag\":\"NoMore\"},\"backendId\":\"b\"}]},"
                        + "{\"_tag\":\"Exit\",\"requestId\":\"3\",\"exit\":{\"_tag\":\"Success\"}}]");
    }

    @Test
    @Tag("LS9")
    @DisplayName("[LS9] a page that cannot be read fails the pull, first or later")
    void unreadable() {
        CompletionStage<StorePage> failed =
                CompletableFuture.failedStage(new IllegalStateException("as the test wants it"));
        assertThatThrownBy(() -> new HttpPull("3", "b", (after, events, characters) -> failed, 0)
                        .begin()
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(CompletionException.class);
        StorePages.Source all = store(1_000);
        ResponseParts parts = new HttpPull(
                        "3",
                        "b",
                        (after, events, characters) -> after == 0 ? all.page(after, events, characters) : failed,
                        0)
                .begin()
                .toCompletableFuture()
                .join();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 5; i++) {
                        parts.next().toCompletableFuture().join();
                    }
                })
                .isInstanceOf(CompletionException.class);
    }
}
