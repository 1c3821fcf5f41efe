package dev.lockstep.system.client;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A socket on one room, byte by byte (RFC 6455, section 5.2): it sends frames that no library would send, and shows
 * every frame that arrives. It answers no ping, and reads only on request.
 */
public final class RawSocket implements AutoCloseable {
    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    /** The bit of the last frame of a message. */
    public static final int FIN = 0x80;

    /** The bit of a masked payload, which every client frame must have. */
    private static final int MASKED = 0x80;

    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};
    private static final Duration FRAME_MAX = Duration.ofSeconds(30);

    private static final String DEFAULT = "/parties/main/default";

    private final Socket socket = new Socket();
    private final DataInputStream in;

    private RawSocket(URI application, String path, int receiveBytes, Duration frameMax, String... headers) {
        try {
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) frameMax.toMillis());
            socket.connect(new InetSocketAddress(application.getHost(), application.getPort()));
            in = new DataInputStream(socket.getInputStream());
            upgrade(application, path, headers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a socket on a room; its name comes encoded. */
    public static RawSocket on(URI application) {
        return new RawSocket(application, DEFAULT, 0, FRAME_MAX);
    }

    /** The same, with a receive buffer so small that the server soon has to wait. */
    public static RawSocket withSmallBuffer(URI application) {
        return new RawSocket(application, DEFAULT, 4096, FRAME_MAX);
    }

    /** Opens a socket on any path, with these headers, names and values in turn. It waits for frames without a limit. */
    static RawSocket at(URI application, String path, String... headers) {
        return new RawSocket(application, path, 0, Duration.ZERO, headers);
    }

    private void upgrade(URI application, String path, String... headers) throws IOException {
        StringBuilder more = new StringBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            more.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        String request = "GET " + application.getPath() + path + " HTTP/1.1\r\n" + more + "Host: "
                + application.getAuthority() + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + Base64.getEncoder().encodeToString(new byte[16]) + "\r\n\r\n";
        send(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError("no upgrade: " + head);
        }
    }

    /** A frame with its first byte as it is, masked. */
    public static byte[] frame(int first, byte[] payload) {
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % MASK.length];
        }
        return join(head(first, MASKED, payload.length), MASK, masked);
    }

    /** The same for a text. */
    public static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    /** A frame without a mask, which clients may not send. */
    public static byte[] unmasked(int first, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return join(head(first, 0, bytes.length), bytes);
    }

    /** A close frame. */
    public static byte[] close(int code, String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        return frame(
                FIN | CLOSE,
                ByteBuffer.allocate(2 + bytes.length)
                        .putShort((short) code)
                        .put(bytes)
                        .array());
    }

    private static byte[] head(int first, int masked, int length) {
        if (length < 126) {
            return new byte[] {(byte) first, (byte) (masked | length)};
        }
        return length <= 0xFFFF
                ? ByteBuffer.allocate(4)
                        .put((byte) first)
                        .put((byte) (masked | 126))
                        .putShort((short) length)
                        .array()
                : ByteBuffer.allocate(10)
                        .put((byte) first)
                        .put((byte) (masked | 127))
                        .putLong(length)
                        .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    /** Sends frames in one write. */
    public synchronized void send(byte[]... frames) {
        try {
            socket.getOutputStream().write(join(frames));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A received frame. */
    public record Received(int opcode, ByteBuffer payload) {
        public String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }

        byte[] bytes() {
            byte[] bytes = new byte[payload.remaining()];
            payload.duplicate().get(bytes);
            return bytes;
        }

        /** The code of a close frame. */
        public int code() {
            if (opcode != CLOSE || payload.remaining() < 2) {
                throw new AssertionError("no close frame with a code, but " + this);
            }
            return payload.getShort(0) & 0xFFFF;
        }
    }

    /** The next frame, which must come soon; null if the server has ended the connection. */
    public @Nullable Received next() {
        try {
            int opcode = in.readUnsignedByte() & 0xF;
            int length = in.readUnsignedByte();
            long bytes = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            return new Received(opcode, ByteBuffer.wrap(in.readNBytes(Math.toIntExact(bytes))));
        } catch (EOFException | SocketException ended) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame of this kind; frames of other kinds are skipped. */
    public Received next(int opcode) {
        for (Received frame = next(); frame != null; frame = next()) {
            if (frame.opcode() == opcode) {
                return frame;
            }
        }
        throw new AssertionError("the connection ended without a frame of opcode " + opcode);
    }

    /** Whether the server ends the connection without another frame. */
    public boolean ends() {
        return next() == null;
    }

    /** Reads and discards everything until the server ends the connection. */
    public void awaitEnd() {
        while (next() != null) {
            // discarded
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
