package dev.lockstep.wire.livestore.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.StoreEvent;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of exports and imports. */
class EventLineTest {
    @Test
    @Tag("OPS16")
    @DisplayName("[OPS16] an imported line gives the event that was exported, byte for byte, and its time")
    void roundTrip() throws InvalidPayload {
        StoreEvent event = new StoreEvent(
                12, 10, "na\"me\u0000\ud83d\ude00\ud800", "{\"a\": 12345678901234567890, \"b\":\"\\u0000\"}", "c", "s");
        String line = EventLine.of(event.json(), 1_795_222_923_004_005L);

        assertThat(line).endsWith(",\"createdAt\":\"2026-11-21T01:02:03.004005Z\"}\n");
        assertThat(EventLine.of(line)).isEqualTo(new EventLine(event, Optional.of(1_795_222_923_004_005L)));
    }

    @Test
    @Tag("OPS16")
    @DisplayName(
            "[OPS16] keys of a line may come in any order, unknown ones are ignored, args and createdAt may be missing")
    void keys() throws InvalidPayload {
        String line =
                "{\"x\":[1,{}],\"sessionId\":\"s\",\"clientId\":\"c\",\"parentSeqNum\":0,\"seqNum\":1,\"name\":\"n\"}";

        assertThat(EventLine.of(line))
                .isEqualTo(new EventLine(new StoreEvent(1, 0, "n", "null", "c", "s"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} {}",
                "{\"name\":\"n\",\"seqNum\":1,\"parentSeqNum\":0,\"clientId\":\"c\"}",
                "{\"name\":\"n\",\"seqNum\":1,\"parentSeqNum\":1,\"clientId\":\"c\",\"sessionId\":\"s\"}",
                "{\"name\":\"n\",\"seqNum\":1.5,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}",
                "{\"name\":\"n\",\"seqNum\":1,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\",\"createdAt\":\"x\"}",
                "{\"name\":\"n\",\"seqNum\":1,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\",\"createdAt\":5}",
                "{\"error\":{\"message\":\"The store was reset meanwhile; begin again\"}}"
            })
    @Tag("OPS16")
    @DisplayName("[OPS16] a line that is no event is refused, also the error of an export that ended early")
    void invalid(String line) {
        assertThatThrownBy(() -> EventLine.of(line)).isInstanceOf(InvalidPayload.class);
    }

    @Test
    @Tag("OPS16")
    @DisplayName("[OPS16] an event above the limit of the published clients is refused")
    void large() {
        String args = "\"" + "x".repeat(StoreEvent.JSON_BYTES_MAX) + "\"";
        String line = new StoreEvent(1, 0, "n", args, "c", "s").json();

        assertThatThrownBy(() -> EventLine.of(line))
                .isInstanceOf(InvalidPayload.class)
                .hasMessageContaining("the limit is 900000");
    }
}
