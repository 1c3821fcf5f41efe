package dev.lockstep.wire.channels.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.wire.channels.request.ClientMessage.Action;
import dev.lockstep.wire.channels.request.ClientMessage.Malformed;
import dev.lockstep.wire.channels.request.ClientMessage.Mutate;
import dev.lockstep.wire.channels.request.ClientMessage.Ping;
import dev.lockstep.wire.channels.request.ClientMessage.Subscribe;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of clients 1.x, from the captures of a client 1.4. */
class UnversionedMessagesTest {
    private static Optional<ClientMessage> read(String json) {
        return UnversionedMessages.object(json).flatMap(UnversionedMessages::read);
    }

    private static Subscribe subscription(Optional<String> since) {
        return new Subscribe("todos", Optional.empty(), since, OptionalLong.empty(), Optional.empty(), false);
    }

    @Test
    @Tag("CH3")
    @DisplayName("[CH3] the messages of clients 1.x are read; unknown keys are ignored")
    void legal() {
        assertThat(read("{\"type\":\"ping\"}")).contains(new Ping(Optional.empty()));
        assertThat(read("{\"type\":\"subscribe\",\"channel\":\"todos\"}")).contains(subscription(Optional.empty()));
        assertThat(read("{\"type\":\"subscribe\",\"channel\":\"todos\",\"since\":\"\"}"))
                .contains(subscription(Optional.empty()));
        assertThat(read("{\"type\":\"subscribe\",\"channel\":\"todos\",\"since\":\"2026-11-21T02:31:53.895Z\"}"))
                .contains(subscription(Optional.of("2026-11-21T02:31:53.895Z")));
        assertThat(read("{\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"update\",\"key\":\"a\","
                        + "\"data\":{\"title\":\"b\"},\"extra\":1}"))
                .contains(new Mutate("m", "todos", Action.UPDATE, "a", Map.of("title", "b")));
        assertThat(read("{\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\",\"action\":\"delete\",\"key\":\"a\"}"))
                .contains(new Mutate("m", "todos", Action.DELETE, "a", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"hello\"}",
                "{\"type\":\"subscribe\"}",
                "{\"type\":\"mutate\",\"channel\":\"todos\"}"
            })
    @Tag("CH3")
    @DisplayName("[CH3] other texts are ignored")
    void ignored(String text) {
        assertThat(read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"action\":\"create\",\"key\":\"a\"",
                "\"action\":\"create\",\"data\":{}",
                "\"action\":\"upsert\",\"key\":\"a\",\"data\":{}",
                "\"action\":\"update\",\"key\":7,\"data\":{}"
            })
    @Tag("CH3")
    @DisplayName("[CH3] a mutation without action, key or data is refused by its id")
    void malformed(String members) {
        assertThat(read("{\"type\":\"mutate\",\"id\":\"m\",\"channel\":\"todos\"," + members + "}"))
                .contains(new Malformed(Optional.of("m")));
    }
}
