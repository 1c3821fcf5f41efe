package dev.lockstep.wire.livestore.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.StoreEvent;
import dev.lockstep.wire.livestore.rpc.PushRequest.InvalidBatch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads of pulls and pushes. */
class PayloadsTest {
    private static final String NONE = "{\"_tag\":\"None\"}";

    private static RpcMessage.Request request(String payload) {
        return new RpcMessage.Request("0", "tag", Optional.of(payload), Optional.empty());
    }

    private static String push(String... events) {
        return "{\"storeId\":\"s\",\"batch\":[" + String.join(",", events) + "],\"backendId\":" + NONE + "}";
    }

    private static String event(long number, long parent, String args) {
        return "{\"name\":\"v1.Added\"," + args + "\"seqNum\":" + number + ",\"parentSeqNum\":" + parent
                + ",\"clientId\":\"c\",\"sessionId\":\"s\",\"more\":1}";
    }

    private static String event(long number, long parent) {
        return event(number, parent, "");
    }

    private static List<StoreEvent> events(String... events) throws InvalidPayload, InvalidBatch {
        return PushRequest.of(request(push(events))).events();
    }

    @Test
    @Tag("LS4")
    @DisplayName("[LS4] a pull has a cursor or none; a negative one is the root")
    void pulls() throws InvalidPayload {
        assertThat(PullRequest.ofSocket(
                        request("{\"storeId\":\"s\",\"live\":true,\"cursor\":" + NONE + ",\"payload\":{}}")))
                .isEqualTo(new PullRequest("s", true, Optional.empty()));
        String cursor = "{\"value\":{\"eventSequenceNumber\":-5,\"backendId\":\"b\"},\"_tag\":\"Some\"}";
        PullRequest resumed = PullRequest.ofHttp(request("{\"cursor\":" + cursor + ",\"storeId\":\"s\"}"));
        assertThat(resumed).isEqualTo(new PullRequest("s", false, Optional.of(new PullRequest.Cursor("b", -5))));
        assertThat(resumed.after()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\u0001',
            delimiter = '|',
            value = {
                "[]|payload: expected an object",
                "{\"storeId\":1}|storeId: expected a string",
                "{\"live\":true,\"storeId\":\"s\"}|cursor: is missing",
                "{\"storeId\":\"s\",\"cursor\":{\"_tag\":\"None\"}}|live: is missing",
                "{\"storeId\":\"s\",\"live\":1,\"cursor\":{\"_tag\":\"None\"}}|live: expected a boolean",
                "{\"storeId\":\"s\",\"live\":true,\"cursor\":{\"_tag\":\"Any\"}}|cursor._tag: expected None or Some",
                "{\"storeId\":\"s\",\"live\":true,\"cursor\":{\"_tag\":\"Some\"}}|cursor.value: is missing",
                "{\"storeId\":\"s\",\"live\":true,\"cursor\":7}|cursor: expected an object"
            })
    @Tag("LS4")
    @DisplayName("[LS4] a pull of another form is refused with the member that is wrong")
    void otherPulls(String payload, String message) {
        assertThatThrownBy(() -> PullRequest.ofSocket(request(payload)))
                .isInstanceOf(InvalidPayload.class)
                .hasMessage(message);
    }

    @Test
    @Tag("LS3")
    @DisplayName("[LS3] the arguments of an event are stored as they were sent; without any they are null")
    void arguments() throws InvalidPayload, InvalidBatch {
        String args = "{ \"n\":12345678901234567890,\"s\":\"\\u0000\\ud834 𝄞 \\/\",\"e\":1E+2 }";
        StoreEvent event = events(event(1, 0, "\"args\": " + args + " ,")).getFirst();
        assertThat(event).isEqualTo(new StoreEvent(1, 0, "v1.Added", args, "c", "s"));
        assertThat(event.json()).endsWith("\"args\":" + args + "}");
        assertThat(events(event(1, 0)).getFirst().args()).isEqualTo("null");
    }

    @Test
    @Tag("LS4")
    @DisplayName("[LS4] a batch is a chain; a gap is allowed after the root only")
    void chain() throws InvalidPayload, InvalidBatch {
        assertThat(events(event(8, 7), event(9, 8))).hasSize(2);
        assertThat(events(event(20_000, 0), event(20_001, 20_000))).hasSize(2);
        assertThat(PushRequest.of(request(push())).batch()).isEmpty();
        assertThatThrownBy(() -> events(event(9, 7))).hasMessage("event 9 cannot follow event 7");
        assertThatThrownBy(() -> events(event(5, 6))).hasMessage("event 5 cannot follow event 6");
        assertThatThrownBy(() -> events(event(1, 0), event(3, 1))).hasMessage("event 3 cannot follow event 1");
        assertThatThrownBy(() -> events(event(1, 0), event(2, 0)))
                .hasMessage("event 2 has the parent 0, but follows event 1");
        assertThatThrownBy(() -> events(event(1, 0), event(1, 0))).isInstanceOf(InvalidBatch.class);
        assertThatThrownBy(() -> events(event(0, -1))).isInstanceOf(InvalidBatch.class);
    }

    @Test
    @Tag("LS3")
    @DisplayName("[LS3] an event has at most 900,000 bytes as JSON, counted in UTF-8")
    void size() throws InvalidPayload, InvalidBatch {
        int around = events(event(1, 0, "\"args\":\"\",")).getFirst().json().length();
        String largest = "é".repeat((StoreEvent.JSON_BYTES_MAX - around) / 2);
        assertThat(events(event(1, 0, "\"args\":\"" + largest + "\","))).hasSize(1);
        assertThatThrownBy(() -> events(event(1, 0, "\"args\":\"" + largest + "éé\",")))
                .isInstanceOf(InvalidBatch.class)
                .hasMessageContaining("the limit is 900000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"seqNum\":1.5,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}",
                "{\"name\":\"a\",\"seqNum\":\"1\",\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}",
                "{\"name\":\"a\",\"seqNum\":1e17,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}",
                "{\"name\":\"a\",\"seqNum\":1,\"parentSeqNum\":0,\"sessionId\":\"s\"}",
                "{\"seqNum\":1,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}",
                "{\"name\":7,\"seqNum\":1,\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}",
                "7"
            })
    @Tag("LS4")
    @DisplayName("[LS4] an event of another form makes the push invalid")
    void otherEvents(String event) {
        assertThatThrownBy(() -> PushRequest.of(request(push(event))))
                .isInstanceOf(InvalidPayload.class)
                .hasMessageStartingWith("batch[0]");
    }
}
