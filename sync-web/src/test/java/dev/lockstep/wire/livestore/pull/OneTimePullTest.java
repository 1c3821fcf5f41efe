package dev.lockstep.wire.livestore.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.StoreEvent;
import dev.lockstep.event.StorePage;
import dev.lockstep.event.StoredEvent;
import dev.lockstep.wire.socket.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class OneTimePullTest {
    private static final String EXIT = "{\"_tag\":\"Exit\",\"requestId\":\"7\",\"exit\":{\"_tag\":\"Success\"}}";

    private final List<String> sent = new ArrayList<>();
    private int ended;

    private OneTimePull pull(long head) {
        StorePages.Source store = (after, eventsMax, charactersMax) -> CompletableFuture.completedStage(new StorePage(
                LongStream.rangeClosed(after + 1, Math.min(head, after + eventsMax))
                        .mapToObj(number -> new StoredEvent(
                                number, new StoreEvent(number, number - 1, "n", "{}", "c", "s").json(), 0))
                        .toList(),
                Math.max(0, head - after - eventsMax)));
        return new OneTimePull(
                new OneTimePull.Answer("7", "b"),
                (Frame frame) -> sent.add(frame.text()),
                () -> ended++,
                sendNext -> new StorePages(store, 0, sendNext, failure -> sent.add(failure.toString())));
    }

    @Test
    @Tag("LS8")
    @DisplayName("[LS8] each chunk follows the acknowledgement of the one before, and the exit that of the last")
    void paced() {
        OneTimePull pull = pull(250);
        pull.begin();
        assertThat(sent).hasSize(1);
        assertThat(sent.getFirst()).contains("\"remaining\":150");
        pull.acknowledged();
        pull.acknowledged();
        assertThat(sent).hasSize(3);
        assertThat(sent.getLast()).contains("NoMore");
        assertThat(ended).isZero();
        pull.acknowledged();
        pull.acknowledged();
        assertThat(sent).hasSize(4).last().isEqualTo(EXIT);
        assertThat(ended).isEqualTo(1);
    }

    @Test
    @Tag("LS8")
    @DisplayName("[LS8] an empty store is an empty chunk, and an exit after its acknowledgement")
    void empty() {
        OneTimePull pull = pull(0);
        pull.begin();
        pull.acknowledged();
        assertThat(sent).hasSize(2).last().isEqualTo(EXIT);
    }

    @Test
    @Tag("LS8")
    @DisplayName("[LS8] an interrupted pull sends nothing more")
    void interrupted() {
        OneTimePull pull = pull(2_500);
        pull.begin();
        pull.end();
        pull.acknowledged();
        assertThat(sent).hasSize(1);
        assertThat(ended).isZero();
    }
}
