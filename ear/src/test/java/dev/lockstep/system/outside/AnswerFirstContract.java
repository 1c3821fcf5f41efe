package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.server.Server;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What reaches a client first: the native client shows a row twice for a moment if its echo comes before the answer. Plain
 * sockets, for their order is that of the server's writes: what was sent first, is there when the second has come.
 */
abstract class AnswerFirstContract {
    private static final int TRIES = 300;

    private final URI application;

    AnswerFirstContract(Server server) {
        application = server.application("todo-app");
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(application.getHost(), application.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the head of an answer; its length, if it has one. */
    private static int readHead(DataInputStream from) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) from.readUnsignedByte());
        }
        return head.toString()
                .lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .map(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    private static void readFrame(DataInputStream from) throws IOException {
        from.readUnsignedByte();
        int length = from.readUnsignedByte();
        from.readFully(new byte[length < 126 ? length : from.readUnsignedShort()]);
    }

    @Test
    @Timeout(60)
    @DisplayName("[PUB1] when the echo of a mutation reaches its author, the answer is there already, as a rule")
    void answerFirst() throws IOException {
        String path = application.getPath();
        int echoFirst = 0;
        try (Socket asking = connected();
                Socket following = connected();
                DataInputStream answers = new DataInputStream(asking.getInputStream());
                DataInputStream frames = new DataInputStream(following.getInputStream())) {
            send(
                    following,
                    "GET " + path + "/parties/main/default HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
            readHead(frames);
            readFrame(frames); // sync-init
            String body = "{\"title\":\"answer first\"}";
            for (int i = 0; i < TRIES; i++) {
                send(
                        asking,
                        "POST " + path + "/api/default/todos HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                + body);
                readFrame(frames);
                echoFirst += answers.available() == 0 ? 1 : 0;
                answers.readFully(new byte[readHead(answers)]);
            }
        }

        assertThat(echoFirst).as("echoes before their answer, of " + TRIES).isLessThan(TRIES / 4);
    }
}
