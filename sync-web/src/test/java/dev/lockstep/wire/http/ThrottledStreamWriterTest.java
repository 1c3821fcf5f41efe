package dev.lockstep.wire.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottledStreamWriterTest {
    /** Most rows of a stream are longer than this one. */
    private static final String ROW = "{\"id\":\"r1\",\"title\":\"Paint\"}\n";

    private final Socket socket = new Socket();
    private boolean released;
    private int completed;

    private static final ErrorFormat ERRORS = new ErrorFormat() {
        @Override
        public ErrorResponse of(Throwable failure) {
            throw new IllegalStateException(failure);
        }

        @Override
        public String line(String message) {
            return "{\"error\":\"" + message + "\"}\n";
        }
    };

    private static Optional<ErrorFormat> errors(boolean isOfLines) {
        return isOfLines ? Optional.of(ERRORS) : Optional.empty();
    }

    private static String line(String message) {
        return ERRORS.line(message);
    }

    /** Accepts as many writes as its capacity. */
    private static final class Socket extends ServletOutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private int room;
        private boolean isGone;

        @Override
        public boolean isReady() {
            return room > 0;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int one) {
            throw new IllegalStateException("bytes are written together");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (isGone) {
                throw new IOException("Broken pipe");
            }
            assertThat(room--).isPositive();
            taken.write(bytes, offset, length);
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    private ThrottledStreamWriter sending(int bytes) throws IOException {
        return sending(new byte[bytes], false);
    }

    private ThrottledStreamWriter sending(byte[] bytes, boolean isOfLines) throws IOException {
        ByteArrayInputStream rows = new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                released = true;
            }
        };
        return ThrottledStreamWriter.begin(rows, errors(isOfLines), socket, () -> completed++);
    }

    private static byte[] lines(int bytesMin) {
        return ROW.repeat(bytesMin / ROW.length() + 1).getBytes(StandardCharsets.UTF_8);
    }

    /** Can be read this many times. */
    private ThrottledStreamWriter breaking(byte[] bytes, int reads, boolean isOfLines) throws IOException {
        ByteArrayInputStream broken = new ByteArrayInputStream(bytes) {
            private int left = reads;

            @Override
            public byte[] readNBytes(int most) throws IOException {
                if (left-- == 0) {
                    throw new IOException("the disk is broken");
                }
                return super.readNBytes(most);
            }

            @Override
            public void close() {
                released = true;
            }
        };
        return ThrottledStreamWriter.begin(broken, errors(isOfLines), socket, () -> completed++);
    }

    private void takes(ThrottledStreamWriter sending, int writes) throws IOException {
        socket.room = writes;
        sending.onWritePossible();
    }

    @Test
    @Tag("STR16")
    @DisplayName("[STR16] spooled rows are sent as the client takes them, and then released")
    void sends() throws IOException {
        ThrottledStreamWriter sending = sending(2 * ThrottledStreamWriter.CHUNK_BYTES + 1);
        takes(sending, 1);
        takes(sending, 0);
        assertThat(socket.taken.size()).isEqualTo(ThrottledStreamWriter.CHUNK_BYTES);
        takes(sending, 2);
        assertThat(completed).isZero(); // the last write is in progress
        takes(sending, 1);

        assertThat(socket.taken.size()).isEqualTo(2 * ThrottledStreamWriter.CHUNK_BYTES + 1);
        assertThat(completed).isEqualTo(1);
        assertThat(released).isTrue();
        sending.checkProgress();
        sending.onError(new IOException("late"));
        assertThat(completed).isEqualTo(1);
    }

    @Test
    @Tag("STR16")
    @DisplayName("[STR16] sent rows are not retained, also while a progress check is still due")
    void keepsNothing() throws IOException {
        List<InputStream> rows = new ArrayList<>(List.of(new ByteArrayInputStream(new byte[1])));
        WeakReference<InputStream> kept = new WeakReference<>(rows.getFirst());
        ThrottledStreamWriter sending =
                ThrottledStreamWriter.begin(rows.removeFirst(), errors(true), socket, () -> completed++);
        takes(sending, 2);

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (kept.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }
        assertThat(kept.get()).isNull();
        sending.checkProgress();
        assertThat(completed).isEqualTo(1);
    }

    @Test
    @Tag("STR16")
    @DisplayName("[STR16] a client that takes too little is released, and receives an error line when it reads on")
    void tooSlow() throws IOException {
        byte[] rows = lines(10 * ThrottledStreamWriter.CHUNK_BYTES);
        ThrottledStreamWriter sending = sending(rows, true);
        takes(sending, 1);
        sending.checkProgress();
        assertThat(released).isFalse();
        sending.checkProgress();
        assertThat(released).isTrue();
        assertThat(completed).isZero();
        sending.checkProgress();

        takes(sending, 2);
        assertThat(socket.text()).startsWith(ROW).endsWith(ROW + line(ThrottledStreamWriter.TOO_SLOW));
        assertThat(socket.taken.size())
                .as("what was on its way, the rest of its line, the error")
                .isBetween(
                        ThrottledStreamWriter.CHUNK_BYTES
                                + line(ThrottledStreamWriter.TOO_SLOW).length(),
                        ThrottledStreamWriter.CHUNK_BYTES
                                + ROW.length()
                                + line(ThrottledStreamWriter.TOO_SLOW).length());
        assertThat(completed).isEqualTo(1);
    }

    @Test
    @Tag("STR16")
    @DisplayName("[STR16] where an error line would be unreadable, the response is truncated")
    void cut() throws IOException {
        ThrottledStreamWriter sending = sending(10 * ThrottledStreamWriter.CHUNK_BYTES);
        sending.checkProgress();
        takes(sending, 1);

        assertThat(socket.taken.size()).isZero();
        assertThat(completed).isEqualTo(1);
    }

    @Test
    @Tag("STR16")
    @DisplayName("[STR16] a client found to be disconnected during a write is released at once")
    void leftBefore() throws IOException {
        ThrottledStreamWriter sending = sending(10 * ThrottledStreamWriter.CHUNK_BYTES);
        socket.isGone = true;

        assertThatThrownBy(() -> takes(sending, 1)).hasMessage("Broken pipe");
        assertThat(released).isTrue();
        assertThat(completed).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("STR16")
    @DisplayName("[STR16] a response that cannot be read at all is released before it begins")
    void unreadableFromTheBeginning(boolean isOfLines) {
        assertThatThrownBy(() -> breaking(lines(ThrottledStreamWriter.CHUNK_BYTES), 0, isOfLines))
                .hasMessage("the disk is broken");
        assertThat(released).isTrue();
        assertThat(completed).isZero();
    }

    @Test
    @Tag("STR16")
    @DisplayName("[STR16] a response that cannot be read on is released, and ends with an error line of its own")
    void unreadable() throws IOException {
        ThrottledStreamWriter sending = breaking(lines(2 * ThrottledStreamWriter.CHUNK_BYTES), 1, true);

        takes(sending, 3);

        assertThat(released).isTrue();
        assertThat(completed).isEqualTo(1);
        assertThat(socket.text().lines().toList().getLast() + "\n").isEqualTo(line(ThrottledStreamWriter.UNREADABLE));
    }

    @Test
    @Tag("STR16")
    @DisplayName("[STR16] where that error line would be unreadable, the response is truncated")
    void unreadablePacked() throws IOException {
        ThrottledStreamWriter sending = breaking(new byte[2 * ThrottledStreamWriter.CHUNK_BYTES], 1, false);

        takes(sending, 3);

        assertThat(socket.taken.size()).isEqualTo(ThrottledStreamWriter.CHUNK_BYTES);
        assertThat(released).isTrue();
        assertThat(completed).isEqualTo(1);
    }

    @Test
    @Tag("STR16")
    @DisplayName("[STR16] the line in progress of a slow client ends, also where its rest cannot be read")
    void slowAndUnreadable() throws IOException {
        ThrottledStreamWriter sending = breaking(lines(2 * ThrottledStreamWriter.CHUNK_BYTES), 1, true);
        takes(sending, 1);
        sending.checkProgress();
        sending.checkProgress();
        takes(sending, 2);

        assertThat(socket.text()).endsWith("\n" + line(ThrottledStreamWriter.TOO_SLOW));
        assertThat(completed).isEqualTo(1);
    }

    @Test
    @Tag("STR16")
    @DisplayName("[STR16] a client that disconnects is released at once")
    void left() throws IOException {
        ThrottledStreamWriter sending = sending(10 * ThrottledStreamWriter.CHUNK_BYTES);
        takes(sending, 1);
        sending.onError(new IOException("gone"));

        assertThat(released).isTrue();
        assertThat(completed).isEqualTo(1);
        takes(sending, 1);
        assertThat(socket.taken.size()).isEqualTo(ThrottledStreamWriter.CHUNK_BYTES);
    }
}
