package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CfSyncSettingsTest {
    @Test
    @DisplayName("[CFS5] a limit that a bulk cannot have is refused, and says which it may")
    void bulkLimit() {
        assertThatThrownBy(() -> new CfSyncSettings(0, 1024, Set.of(), true))
                .hasMessage("lockstep.cfsync.bulk-rows-max is 0: it must be 1 to 10000");
        assertThatThrownBy(() -> new CfSyncSettings(10_001, 1024, Set.of(), true))
                .hasMessageContaining("it must be 1 to 10000");
    }

    @Test
    @DisplayName("[CFS16] only the origins that are named may call, and * is all of them")
    void origins() {
        CfSyncSettings two = new CfSyncSettings(100, 1024, Set.of("https://a.example", "http://b.example:81"), true);

        assertThat(two.allows("https://a.example")).isTrue();
        assertThat(two.allows("http://a.example")).isFalse();
        assertThat(two.allows("https://a.example.evil.example")).isFalse();
        assertThat(two.allows("null")).isFalse();
        assertThat(new CfSyncSettings(100, 1024, Set.of("*"), true).allows("https://c.example"))
                .isTrue();
        assertThat(CfSyncSettings.DEFAULTS.allows("https://a.example")).isFalse();
    }
}
