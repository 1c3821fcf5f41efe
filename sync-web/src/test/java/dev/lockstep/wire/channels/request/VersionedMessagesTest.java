package dev.lockstep.wire.channels.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.wire.channels.request.ClientMessage.Action;
import dev.lockstep.wire.channels.request.ClientMessage.Malformed;
import dev.lockstep.wire.channels.request.ClientMessage.Mutate;
import dev.lockstep.wire.channels.request.ClientMessage.Subscribe;
import dev.lockstep.wire.channels.request.ClientMessage.SubscribeBatch;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of clients since 2.0: the vectors of the contract, "What its own tests assert". */
class VersionedMessagesTest {
    private static ClientMessage read(String json) {
        return UnversionedMessages.object(json)
                .map(VersionedMessages::read)
                .orElseGet(() -> new Malformed(Optional.empty()));
    }

    private static ClientMessage versioned(String members) {
        return read("{\"v\":1," + members + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"ping\"",
                "\"type\":\"ping\",\"nonce\":\"n-1\"",
                "\"type\":\"subscribe\",\"requestId\":\"s1\",\"channel\":\"todos\"",
                "\"type\":\"subscribe\",\"requestId\":\"s1\",\"channel\":\"todos\",\"cursor\":0,\"viewVersion\":null,"
                        + "\"forceFull\":true",
                "\"type\":\"subscribe-batch\",\"requestId\":\"b\",\"subscriptions\":[{\"requestId\":\"s\","
                        + "\"channel\":\"todos\",\"cursor\":4}]",
                "\"type\":\"unsubscribe\",\"channel\":\"todos\"",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"create\",\"key\":\"a\","
                        + "\"data\":{\"id\":\"a\"}",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"create\",\"data\":{\"id\":\"a\"}",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"update\",\"key\":\"a\","
                        + "\"data\":{\"title\":\"b\"}",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"delete\",\"key\":\"a\""
            })
    @Tag("CH4")
    @DisplayName("[CH4] the legal messages of clients since 2.0 are read")
    void legal(String members) {
        assertThat(versioned(members)).isNotInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"type\":\"ping\",\"extra\":1",
                "\"type\":\"ping\",\"nonce\":\"\"",
                "\"type\":\"hello\"",
                "\"type\":\"subscribe\",\"channel\":\"todos\"",
                "\"type\":\"subscribe\",\"requestId\":\"s\",\"channel\":\"\"",
                "\"type\":\"subscribe\",\"requestId\":\"s\",\"channel\":\"todos\",\"cursor\":-1",
                "\"type\":\"subscribe\",\"requestId\":\"s\",\"channel\":\"todos\",\"cursor\":1.5",
                "\"type\":\"subscribe\",\"requestId\":\"s\",\"channel\":\"todos\",\"cursor\":9007199254740992",
                "\"type\":\"subscribe\",\"requestId\":\"s\",\"channel\":\"todos\",\"forceFull\":\"yes\"",
                "\"type\":\"subscribe\",\"requestId\":\"s\",\"channel\":\"todos\",\"since\":\"x\"",
                "\"type\":\"subscribe-batch\",\"requestId\":\"b\",\"subscriptions\":[]",
                "\"type\":\"subscribe-batch\",\"requestId\":\"b\",\"subscriptions\":[{\"channel\":\"todos\"}]",
                "\"type\":\"subscribe-batch\",\"requestId\":\"b\",\"subscriptions\":[{\"v\":1,\"requestId\":\"s\","
                        + "\"channel\":\"todos\"}]",
                "\"type\":\"unsubscribe\",\"channel\":7",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"create\",\"key\":\"a\","
                        + "\"data\":{\"id\":\"b\"}",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"create\",\"key\":\"a\","
                        + "\"data\":{\"id\":7}",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"update\",\"key\":\"a\","
                        + "\"data\":{\"id\":\"other\"}",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"update\",\"data\":{}",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"update\",\"key\":\"a\","
                        + "\"data\":{\"constructor\":1}",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"delete\",\"key\":\"a\","
                        + "\"data\":{}",
                "\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"upsert\",\"key\":\"a\","
                        + "\"data\":{}"
            })
    @Tag("CH4")
    @DisplayName(
            "[CH4] a message of a client since 2.0 with an unknown key, or a value that the contract excludes, is refused")
    void malformed(String members) {
        assertThat(versioned(members))
                .isEqualTo(new Malformed(
                        members.startsWith("\"type\":\"mutate\",\"id\":\"m\"") ? Optional.of("m") : Optional.empty()));
    }

    @Test
    @Tag("CH4")
    @DisplayName("[CH4] of a mutation that is too long the id is known, of another message nothing")
    void idOfTooLong() {
        assertThat(VersionedMessages.tooLong(Map.of("v", 1L, "type", "mutate", "id", "m")))
                .isEqualTo(new Malformed(Optional.of("m"), true));
        assertThat(VersionedMessages.tooLong(Map.of("v", 1L, "type", "subscribe", "id", "m")))
                .isEqualTo(new Malformed(Optional.empty(), true));
    }

    @Test
    @Tag("CH4")
    @DisplayName("[CH4] a message without a version, or with another one, is refused")
    void version() {
        assertThat(read("{\"type\":\"ping\"}")).isInstanceOf(Malformed.class);
        assertThat(read("{\"v\":2,\"type\":\"ping\"}")).isInstanceOf(Malformed.class);
    }

    @Test
    @Tag("CH4")
    @DisplayName("[CH4] a batch holds at most 64 subscriptions")
    void subscriptions() {
        String one = "{\"requestId\":\"s\",\"channel\":\"todos\"}";
        String head = "\"type\":\"subscribe-batch\",\"requestId\":\"b\",\"subscriptions\":[";

        assertThat(versioned(head + String.join(",", Collections.nCopies(64, one)) + "]"))
                .isInstanceOf(SubscribeBatch.class);
        assertThat(versioned(head + String.join(",", Collections.nCopies(65, one)) + "]"))
                .isInstanceOf(Malformed.class);
    }

    @Test
    @Tag("CH4")
    @DisplayName("[CH4] a frame has at most 256 KiB of UTF-8")
    void tooLong() {
        assertThat(VersionedMessages.isTooLong("x".repeat(256 * 1024))).isFalse();
        assertThat(VersionedMessages.isTooLong("x".repeat(256 * 1024 + 1))).isTrue();
        assertThat(VersionedMessages.isTooLong("ä".repeat(128 * 1024 + 1))).isTrue();
    }

    @Test
    @Tag("CH4")
    @DisplayName("[CH4] all members of a message are read")
    void members() {
        assertThat(versioned("\"type\":\"subscribe\",\"requestId\":\"s\",\"channel\":\"todos\",\"cursor\":7,"
                        + "\"viewVersion\":\"v\",\"forceFull\":false"))
                .isEqualTo(new Subscribe(
                        "todos", Optional.of("s"), Optional.empty(), OptionalLong.of(7), Optional.of("v"), false));
        assertThat(versioned("\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"create\","
                        + "\"data\":{\"id\":\"a\",\"n\":1}"))
                .isEqualTo(new Mutate("m", "todos", Action.CREATE, "a", Map.of("id", "a", "n", 1L)));
    }
}
