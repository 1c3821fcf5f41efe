package dev.lockstep.system.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A socket on one room. Its frames are kept until they are asked for. */
public final class BroadcastSocket implements AutoCloseable {
    private static final Duration FRAME_MAX = Duration.ofSeconds(10);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> greeted = new CompletableFuture<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private BroadcastSocket(URI uri, String... headers) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder().connectTimeout(FRAME_MAX);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(uri, new Listener()).join();
    }

    /** Opens a socket on a room; its name comes encoded. */
    public static BroadcastSocket on(URI application, String room) {
        return at(application, "/parties/main/" + room);
    }

    /** Opens a socket on any path, with these headers, names and values in turn. */
    public static BroadcastSocket at(URI application, String path, String... headers) {
        return new BroadcastSocket(
                URI.create("ws" + application.toString().substring("http".length()) + path), headers);
    }

    /** What the server answers to a handshake that it refuses. */
    public static HttpResponse<?> refused(URI application, String path, String... headers) {
        try (BroadcastSocket open = at(application, path, headers)) {
            throw new AssertionError("the socket is open: " + open.next());
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof WebSocketHandshakeException handshake) {
                return handshake.getResponse();
            }
            throw refused;
        }
    }

    /** The next frame, which must come soon. */
    public Frame next() {
        try {
            Frame frame = frames.poll(FRAME_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (frame == null) {
                throw new AssertionError("no frame within " + FRAME_MAX.toSeconds() + " s");
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether a first frame has come, which must be soon; false if the socket was closed before. */
    public boolean isGreeted() {
        return greeted.orTimeout(FRAME_MAX.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Frames that have come and were not asked for. */
    public int unread() {
        return frames.size();
    }

    /** How the server closed a socket. */
    public record Closed(int code, String reason) {}

    /** How the server closes the socket, which must be soon. */
    public Closed closed() {
        return closed.orTimeout(FRAME_MAX.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Waits until the socket is no more, in whatever way. Then every frame that will ever come has come. */
    public void awaitEnd() {
        closed.handle((how, error) -> true)
                .orTimeout(FRAME_MAX.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Whether the socket is no more. */
    public boolean isEnded() {
        return closed.isDone();
    }

    public void send(String text) {
        socket.sendText(text, true).join();
    }

    public void send(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Listener implements WebSocket.Listener {
        // Long texts come in parts.
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                frames.add(new Frame(text.toString()));
                text.setLength(0);
                greeted.complete(true);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(new Closed(code, reason));
            greeted.complete(false);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
            greeted.complete(false);
        }
    }
}
