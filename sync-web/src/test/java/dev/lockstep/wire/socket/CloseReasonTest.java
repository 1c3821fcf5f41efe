package dev.lockstep.wire.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.wire.socket.ConnectionPolicy.Close;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseReasonTest {
    private static String fitting(String reason) {
        return new Close(ConnectionPolicy.CLOSED_REFUSED, reason).fittingReason();
    }

    @Test
    @Tag("WIRE10")
    @Tag("CC8")
    @DisplayName("[WIRE10][CC8] a reason that fits into a close frame is sent whole")
    void whole() {
        String all = "x".repeat(60) + " " + "y".repeat(62);
        assertThat(fitting(all)).isEqualTo(all);
        assertThat(fitting("")).isEmpty();
    }

    @Test
    @Tag("WIRE10")
    @Tag("CC8")
    @DisplayName("[WIRE10][CC8] a longer reason is cut at a word")
    void cut() {
        String refusal = "Forbidden: syncId must be 'user', got 'somebody-else@example.com'. The syncId must match the"
                + " userId exactly, in upper and lower case.";
        assertThat(fitting(refusal))
                .isEqualTo(
                        "Forbidden: syncId must be 'user', got 'somebody-else@example.com'. The syncId must match the"
                                + " userId exactly, in upper and");
        assertThat(fitting("x".repeat(123) + " y")).isEqualTo("x".repeat(123));
        assertThat(fitting("y " + "x".repeat(122))).isEqualTo("y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e4", "\u20ac", "\ud83d\ude00", "\ud83d", "\u20ac \ud83d\ude00 z"})
    @Tag("WIRE10")
    @Tag("CC8")
    @DisplayName("[WIRE10][CC8] the limit is in bytes of UTF-8, and no character is split")
    void bytes(String part) {
        String fitting = fitting(part.repeat(200));

        assertThat(fitting.getBytes(StandardCharsets.UTF_8).length).isBetween(100, 123);
        assertThat(part.repeat(200)).startsWith(fitting);
        assertThat(fitting).doesNotEndWith("\ud83d ");
    }
}
