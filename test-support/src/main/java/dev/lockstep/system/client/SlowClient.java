package dev.lockstep.system.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that sends a request, and takes the response only when the test tells it to. */
public final class SlowClient implements AutoCloseable {
    /** So small that a server soon has to wait. */
    private static final int RECEIVE_BYTES = 4096;

    private static final Duration BYTE_MAX = Duration.ofSeconds(30);

    private final Socket socket = new Socket();
    private final InputStream in;

    /**
     * Sends the request, and waits until the response has begun.
     *
     * @param path with its query, encoded
     * @param token the caller's
     */
    public SlowClient(URI application, String path, String token) {
        String request = "GET " + application.getPath() + path + " HTTP/1.1\r\nHost: " + application.getAuthority()
                + "\r\nAuthorization: Bearer " + token + "\r\nConnection: close\r\n\r\n";
        try {
            socket.setReceiveBufferSize(RECEIVE_BYTES);
            socket.setSoTimeout((int) BYTE_MAX.toMillis());
            socket.connect(new InetSocketAddress(application.getHost(), application.getPort()));
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            in = socket.getInputStream();
            String begin = new String(in.readNBytes("HTTP/1.1 200 ".length()), StandardCharsets.US_ASCII);
            if (!begin.equals("HTTP/1.1 200 ")) {
                throw new AssertionError(begin);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rest of the response, with the marks of its chunks. */
    public String rest() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
