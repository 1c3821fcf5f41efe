package dev.lockstep.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LogSettingsTest {
    @Test
    @Tag("LOG7")
    @DisplayName("[LOG7] a retention too short to catch up is refused; the message names the minimum")
    void tooShort() {
        assertThatThrownBy(() -> new LogSettings(Duration.ofSeconds(59)))
                .hasMessage("lockstep.log.retention is PT59S: it must be PT1M at least, 30 days are P30D");
        assertThat(new LogSettings(Duration.ofMinutes(1)).retention()).isEqualTo(Duration.ofMinutes(1));
    }
}
