package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CfSyncSettingsTest {
    @Test
    @Tag("CFS5")
    @DisplayName("[CFS5] an invalid bulk limit is refused with the valid range")
    void bulkLimit() {
        assertThatThrownBy(() -> new CfSyncSettings(0, 1024, true, false, Optional.empty()))
                .hasMessage("lockstep.cfsync.bulk-rows-max is 0: it must be 1 to 10000");
        assertThatThrownBy(() -> new CfSyncSettings(10_001, 1024, true, false, Optional.empty()))
                .hasMessageContaining("it must be 1 to 10000");
    }
}
