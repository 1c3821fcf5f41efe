package dev.lockstep.system.client;

import java.io.EOFException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A socket on one room. Its frames are kept until the test reads them. It does not use the JDK's WebSocket, which loses
 * bytes when more than 16 KiB of frames arrive with the response to the handshake (Java 25: 14 of 300 sockets).
 */
public final class BroadcastSocket implements AutoCloseable {
    private static final Duration FRAME_MAX = Duration.ofSeconds(10);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> greeted = new CompletableFuture<>();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();
    private final RawSocket socket;

    private BroadcastSocket(RawSocket socket) {
        this.socket = socket;
        Thread.ofVirtual().start(this::read);
    }

    /** Opens a socket on a room; its name comes encoded. */
    public static BroadcastSocket on(URI application, String room) {
        return at(application, "/parties/main/" + room);
    }

    /** Opens a socket on any path, with these headers, names and values in turn. */
    public static BroadcastSocket at(URI application, String path, String... headers) {
        return new BroadcastSocket(RawSocket.at(application, path, headers));
    }

    /** The server's response to a handshake that it refuses. */
    public static HttpResponse<?> refused(URI application, String path, String... headers) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder().connectTimeout(FRAME_MAX);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        URI uri = URI.create("ws" + application.toString().substring("http".length()) + path);
        try {
            builder.buildAsync(uri, new WebSocket.Listener() {}).join().abort();
            throw new AssertionError("the socket is open");
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
                throw new AssertionError("no frame within " + FRAME_MAX.toSeconds() + " s; the socket is " + state());
            }
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String state() {
        return closed.isDone()
                ? closed.handle((how, error) -> how == null ? "broken: " + error : "closed: " + how)
                        .join()
                : "open";
    }

    /** Whether a first frame has come, which must be soon; false if the socket was closed before. */
    public boolean hasFirstFrame() {
        return greeted.orTimeout(FRAME_MAX.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Frames that have arrived and were not read. */
    public int unread() {
        return frames.size();
    }

    /** The server's close of a socket. */
    public record Closed(int code, String reason) {
        /** The code that stands for a close frame without one (RFC 6455, section 7.4.1). */
        private static final int NO_CODE = 1005;

        private static Closed of(RawSocket.Received frame) {
            if (frame.payload().remaining() < 2) {
                return new Closed(NO_CODE, "");
            }
            byte[] bytes = frame.bytes();
            return new Closed(frame.code(), new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_8));
        }
    }

    /** The server's close of the socket, which must come soon. */
    public Closed closed() {
        return closed.orTimeout(FRAME_MAX.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Waits until the socket has ended, in any way. By then every frame has arrived. */
    public void awaitEnd() {
        closed.handle((how, error) -> true)
                .orTimeout(FRAME_MAX.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /** Whether the socket has ended. */
    public boolean isEnded() {
        return closed.isDone();
    }

    public void send(String text) {
        socket.send(RawSocket.frame(RawSocket.FIN | RawSocket.TEXT, text));
    }

    public void send(byte[] bytes) {
        socket.send(RawSocket.frame(RawSocket.FIN | RawSocket.BINARY, bytes));
    }

    @Override
    public void close() {
        socket.close();
    }

    private void read() {
        try {
            for (RawSocket.Received next = socket.next(); next != null; next = socket.next()) {
                received(next);
            }
            closed.completeExceptionally(new EOFException("the connection ended"));
        } catch (RuntimeException e) {
            closed.completeExceptionally(e);
        } finally {
            greeted.complete(false);
        }
    }

    private void received(RawSocket.Received frame) {
        switch (frame.opcode()) {
            case RawSocket.TEXT -> {
                frames.add(new Frame(frame.text()));
                greeted.complete(true);
            }
            case RawSocket.PING -> socket.send(RawSocket.frame(RawSocket.FIN | RawSocket.PONG, frame.bytes()));
            case RawSocket.CLOSE -> {
                closed.complete(Closed.of(frame));
                greeted.complete(false);
                socket.send(RawSocket.frame(RawSocket.FIN | RawSocket.CLOSE, frame.bytes()));
            }
            default -> throw new IllegalStateException("a frame that this client does not know: " + frame);
        }
    }
}
