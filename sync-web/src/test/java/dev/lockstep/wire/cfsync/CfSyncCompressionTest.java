package dev.lockstep.wire.cfsync;

import static dev.lockstep.wire.cfsync.CfSyncCompression.takesGzip;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CfSyncCompressionTest {
    @Test
    @DisplayName("[CFS15] answers are compressed for those who say that they take it, and for nobody else")
    void takes() {
        assertThat(takesGzip("gzip")).isTrue();
        assertThat(takesGzip("br, GZip;q=0.5")).isTrue();
        assertThat(takesGzip(null)).isFalse();
        assertThat(takesGzip("")).isFalse();
        assertThat(takesGzip("br")).isFalse();
        assertThat(takesGzip("gzip;q=0, br")).isFalse();
        assertThat(takesGzip("gzip; q=0.00")).isFalse();
    }
}
