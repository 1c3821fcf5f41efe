package dev.lockstep.wire.http;

import static dev.lockstep.wire.http.AcceptEncoding.hasGzip;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AcceptEncodingTest {
    @Test
    @Tag("CFS15")
    @DisplayName("[CFS15] only clients that accept gzip receive compressed responses")
    void takes() {
        assertThat(hasGzip("gzip")).isTrue();
        assertThat(hasGzip("br, GZip;q=0.5")).isTrue();
        assertThat(hasGzip(null)).isFalse();
        assertThat(hasGzip("")).isFalse();
        assertThat(hasGzip("br")).isFalse();
        assertThat(hasGzip("gzip;q=0, br")).isFalse();
        assertThat(hasGzip("gzip; q=0.00")).isFalse();
    }
}
