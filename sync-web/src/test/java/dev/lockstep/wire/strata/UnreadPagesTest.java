package dev.lockstep.wire.strata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.SyncException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UnreadPagesTest {
    private static final byte[] SOME = {1, 2, 3, 4};
    private static final byte[] OTHERS = {1, 2, 3, 4};
    private static final byte[] END = {5};

    private final UnreadPages unread = new UnreadPages(6);

    @Test
    @DisplayName("[STR24] what pages share counts once, until the last of them is let go")
    void shared() {
        StrataPage first = unread.hold(List.of(SOME, END));
        StrataPage second = unread.hold(List.of(SOME, END));
        assertThat(unread.bytes()).isEqualTo(5);

        first.close();
        first.close();
        assertThat(unread.bytes()).isEqualTo(5);
        second.close();
        assertThat(unread.bytes()).isZero();
    }

    @Test
    @DisplayName("[STR24] a page that would make it too much is refused for now, unless it is the only one")
    void bounded() {
        StrataPage first = unread.hold(List.of(SOME));
        assertThatThrownBy(() -> unread.hold(List.of(OTHERS))).isInstanceOf(SyncException.class);
        assertThat(unread.bytes()).isEqualTo(4);

        first.close();
        assertThat(unread.hold(List.of(SOME, OTHERS)).size()).isEqualTo(8);
    }

    @Test
    @DisplayName("[STR24] a page is let go when it has been written, or its stream is closed")
    void read() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        unread.hold(List.of(SOME, END)).writeTo(out);
        assertThat(out.toByteArray()).containsExactly(1, 2, 3, 4, 5);
        assertThat(unread.bytes()).isZero();

        try (InputStream bytes = unread.hold(List.of(SOME, END)).read()) {
            assertThat(bytes.readNBytes(3)).containsExactly(1, 2, 3);
            assertThat(bytes.readNBytes(3)).containsExactly(4, 5);
            assertThat(bytes.readNBytes(3)).isEmpty();
            assertThat(unread.bytes()).isEqualTo(5);
        }
        assertThat(unread.bytes()).isZero();
    }
}
