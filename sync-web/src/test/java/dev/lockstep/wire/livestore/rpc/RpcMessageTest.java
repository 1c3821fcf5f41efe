package dev.lockstep.wire.livestore.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcMessageTest {
    @ParameterizedTest
    @ValueSource(strings = {"{\"_tag\":\"Ping\"}", " { \"_tag\" : \"Ping\" } ", "{\"x\":[{}],\"_tag\":\"Ping\"}"})
    @Tag("LS2")
    @DisplayName("[LS2] a ping may have space and more keys")
    void ping(String text) {
        assertThat(RpcMessage.of(text)).isEqualTo(new RpcMessage.Ping());
    }

    @Test
    @Tag("LS2")
    @DisplayName(
            "[LS2] the keys of a request come in any order, unknown ones are ignored, the last of equal ones counts")
    void request() {
        assertThat(RpcMessage.of(
                        "{\"payload\":{\"a\": 1},\"more\":[1,{}],\"tag\":\"no\",\"headers\":[],\"sampled\":false,"
                                + "\"traceId\":\"t\",\"tag\":\"SyncWsRpc.Pull\",\"id\":\"12345678901234567890123\","
                                + "\"_tag\":\"Request\"}"))
                .isEqualTo(new RpcMessage.Request(
                        "12345678901234567890123", "SyncWsRpc.Pull", Optional.of("{\"a\": 1}"), Optional.of("t")));
        assertThat(RpcMessage.of("{\"_tag\":\"Request\",\"id\":\"0\",\"tag\":\"x\"}"))
                .isEqualTo(new RpcMessage.Request("0", "x", Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_tag\":\"Request\",\"id\":5,\"tag\":\"x\"}",
                "{\"_tag\":\"Request\",\"id\":\"abc\",\"tag\":\"x\"}",
                "{\"_tag\":\"Request\",\"id\":\"\",\"tag\":\"x\"}",
                "{\"_tag\":\"Request\",\"tag\":\"x\"}",
                "{\"_tag\":\"Eof\"}",
                "{\"_tag\":\"Ack\"}",
                "{\"_tag\":\"Interrupt\",\"requestId\":7}"
            })
    @Tag("LS2")
    @DisplayName("[LS2] a message without a usable id has no answer, as with the original server")
    void ignored(String text) {
        assertThat(RpcMessage.of(text)).isEqualTo(new RpcMessage.Ignored());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\u0001',
            delimiter = '|',
            value = {
                "{nope|{\"name\":\"SyntaxError\",\"message\":\"Unexpected character in JSON at position 1\"}",
                "{\"a\":|{\"name\":\"SyntaxError\",\"message\":\"Unexpected end of JSON input\"}",
                "[{\"_tag\":\"Ping\"}]|\"Unknown request tag: undefined\"",
                "null|\"Unknown request tag: undefined\"",
                "{}|\"Unknown request tag: undefined\"",
                "{\"_tag\":7}|\"Unknown request tag: undefined\"",
                "{\"_tag\":\"Wat\"}|\"Unknown request tag: Wat\"",
                "{\"_tag\":\"Request\",\"id\":\"0\"}|\"Unknown request tag: undefined\""
            })
    @Tag("LS2")
    @DisplayName("[LS2] an unreadable message is answered with a defect in the contract's words")
    void unreadable(String text, String defect) {
        assertThat(RpcMessage.of(text)).isEqualTo(new RpcMessage.Unreadable(defect));
        assertThat(RpcAnswers.defect(defect)).isEqualTo("{\"_tag\":\"Defect\",\"defect\":" + defect + "}");
    }

    @Test
    @Tag("LS2")
    @DisplayName("[LS2] an empty message is unreadable")
    void empty() {
        assertThat(RpcMessage.of("")).isInstanceOf(RpcMessage.Unreadable.class);
    }
}
