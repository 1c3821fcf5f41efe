package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class IncomingTextTest {
    private final IncomingText text = new IncomingText();

    @Test
    @Tag("CFS22")
    @Tag("CC1")
    @DisplayName("[CFS22][CC1] a message in several parts is read whole")
    void parts() {
        assertThat(text.add("ping", true)).contains("ping");
        assertThat(text.add("pi", false)).isEmpty();
        assertThat(text.add("", false)).isEmpty();
        assertThat(text.add("ng", true)).contains("ping");
        assertThat(text.add("", true)).contains("");
    }

    @Test
    @Tag("CFS9")
    @DisplayName("[CFS9] a message that is too long is ignored, and the next one is read")
    void tooLong() {
        assertThat(text.add("x".repeat(IncomingText.CHARACTERS_MAX), false)).isEmpty();
        assertThat(text.add("ping", false)).isEmpty();
        assertThat(text.add("ping", true)).isEmpty();
        assertThat(text.add("ping", true)).contains("ping");
        assertThat(text.add("x".repeat(IncomingText.CHARACTERS_MAX), true)).isPresent();
    }
}
