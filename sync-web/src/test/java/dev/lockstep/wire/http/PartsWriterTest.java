package dev.lockstep.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PartsWriterTest {
    private final Socket socket = new Socket();
    private final Deque<CompletableFuture<byte[]>> asked = new ArrayDeque<>();
    private final PartsWriter writer = new PartsWriter(this::next, socket, Runnable::run, this::completed);
    private int completed;

    private CompletionStage<byte[]> next() {
        CompletableFuture<byte[]> part = new CompletableFuture<>();
        asked.add(part);
        return part;
    }

    private void completed() {
        completed++;
    }

    private void answer(String part) {
        asked.remove().complete(part.getBytes(StandardCharsets.UTF_8));
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
                throw new IOException("gone");
            }
            room--;
            taken.write(bytes, offset, length);
        }

        String text() {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    @Tag("LS9")
    @DisplayName("[LS9] a part is read when the one before was taken, and an empty one is the end")
    void inTurn() throws IOException {
        socket.room = 1;
        writer.onWritePossible();
        writer.onWritePossible(); // while the part is being read
        assertThat(asked).hasSize(1);
        answer("a");
        assertThat(socket.text()).isEqualTo("a");
        assertThat(asked).isEmpty(); // the client has not taken it
        socket.room = 9;
        writer.onWritePossible();
        answer("b");
        answer("");
        assertThat(socket.text()).isEqualTo("ab");
        assertThat(completed).isEqualTo(1);
    }

    @Test
    @Tag("LS9")
    @DisplayName("[LS9] a part that cannot be read truncates the response")
    void unreadable() throws IOException {
        socket.room = 9;
        writer.onWritePossible();
        answer("a");
        asked.remove().completeExceptionally(new IllegalStateException("as the test wants it"));
        assertThat(socket.text()).isEqualTo("a");
        assertThat(completed).isEqualTo(1);
    }

    @Test
    @Tag("LS9")
    @DisplayName("[LS9] a client that takes no part between two checks is cut off, and not while the server reads")
    void slowClient() throws IOException {
        socket.room = 1;
        writer.onWritePossible();
        writer.checkProgress();
        writer.checkProgress();
        assertThat(completed).isZero();
        answer("a");
        writer.checkProgress();
        assertThat(completed).isZero();
        writer.checkProgress();
        assertThat(completed).isEqualTo(1);
    }

    @Test
    @Tag("LS9")
    @DisplayName("[LS9] a client that disconnects ends the response once")
    void gone() throws IOException {
        socket.room = 1;
        writer.onWritePossible();
        socket.isGone = true;
        answer("a");
        writer.onError(new IOException("gone"));
        assertThat(completed).isEqualTo(1);
        assertThat(asked).isEmpty();
    }
}
