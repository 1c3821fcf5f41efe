package dev.lockstep.wire.strata.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Seq;
import dev.lockstep.wire.json.PlainJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscribeRequestTest {
    private static Optional<SubscribeRequest> read(String json) {
        return SubscribeRequest.of((Map<?, ?>) Objects.requireNonNull(PlainJson.parse(json)));
    }

    @Test
    @Tag("STR18")
    @DisplayName("[STR18] a subscription has a token, a cursor and groups; without a cursor it starts at the beginning")
    void whole() {
        assertThat(read("{\"type\":\"subscribe\",\"token\":\"t\",\"afterSyncId\":\"14\",\"groups\":[\"b\",\"a\"]}"))
                .contains(new SubscribeRequest("t", new Seq(14), Optional.of(List.of("b", "a"))));
        assertThat(read("{\"token\":\"t\"}")).contains(new SubscribeRequest("t", Seq.START, Optional.empty()));
        assertThat(read("{\"token\":\"t\",\"afterSyncId\":null,\"groups\":[]}"))
                .contains(new SubscribeRequest("t", Seq.START, Optional.empty()));
    }

    @Test
    @Tag("STR18")
    @DisplayName("[STR18] a cursor beyond all positions is the last position")
    void beyond() {
        assertThat(read("{\"token\":\"t\",\"afterSyncId\":\"99999999999999999999\"}"))
                .contains(new SubscribeRequest("t", new Seq(Long.MAX_VALUE), Optional.empty()));
    }

    @Test
    @Tag("STR18")
    @DisplayName("[STR18] a group that is named repeatedly is kept once")
    void distinct() {
        assertThat(read("{\"token\":\"t\",\"groups\":[\"b\",\"a\",\"b\",\"b\"]}"))
                .contains(new SubscribeRequest("t", Seq.START, Optional.of(List.of("b", "a"))));
    }

    @Test
    @Tag("STR19")
    @DisplayName("[STR19] a subscription with more groups than a user may be in or have left is unreadable")
    void tooManyGroups() {
        assertThat(read(naming(SubscribeRequest.GROUPS_MAX))).isPresent();
        assertThat(read(naming(SubscribeRequest.GROUPS_MAX + 1))).isEmpty();
    }

    private static String naming(int groups) {
        return IntStream.range(0, groups)
                .mapToObj(i -> "\"" + i + "\"")
                .collect(Collectors.joining(",", "{\"token\":\"t\",\"groups\":[", "]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"token\":null}",
                "{\"token\":\"\"}",
                "{\"token\":1}",
                "{\"token\":\"t\",\"afterSyncId\":14}",
                "{\"token\":\"t\",\"afterSyncId\":\"\"}",
                "{\"token\":\"t\",\"afterSyncId\":\"-1\"}",
                "{\"token\":\"t\",\"afterSyncId\":\"1.0\"}",
                "{\"token\":\"t\",\"afterSyncId\":\"\u0661\"}",
                "{\"token\":\"t\",\"groups\":\"a\"}",
                "{\"token\":\"t\",\"groups\":{}}",
                "{\"token\":\"t\",\"groups\":[\"a\",null]}"
            })
    @Tag("STR19")
    @DisplayName("[STR19] a subscription without a token, or with an invalid cursor or groups, is unreadable")
    void unreadable(String json) {
        assertThat(read(json)).isEmpty();
    }
}
