package dev.lockstep.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SharedBytesTest {
    private int released;
    private final SharedBytes page =
            new SharedBytes(List.of(new byte[] {1, 2, 3, 4}, new byte[] {5}), () -> released++);

    @Test
    @Tag("STR24")
    @DisplayName("[STR24] a page is released once, after it was written")
    void written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        page.writeTo(out);
        page.close();

        assertThat(page.size()).isEqualTo(5);
        assertThat(out.toByteArray()).containsExactly(1, 2, 3, 4, 5);
        assertThat(released).isEqualTo(1);
    }

    @Test
    @Tag("STR24")
    @DisplayName("[STR24] a page that is read in chunks is released when its stream is closed")
    void read() throws IOException {
        try (InputStream bytes = page.read()) {
            assertThat(bytes.readNBytes(3)).containsExactly(1, 2, 3);
            assertThat(bytes.readNBytes(3)).containsExactly(4, 5);
            assertThat(bytes.readNBytes(3)).isEmpty();
            assertThat(released).isZero();
        }
        assertThat(released).isEqualTo(1);
    }
}
