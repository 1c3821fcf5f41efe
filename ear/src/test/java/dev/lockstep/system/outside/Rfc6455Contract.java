package dev.lockstep.system.outside;

import static dev.lockstep.system.client.RawSocket.BINARY;
import static dev.lockstep.system.client.RawSocket.CLOSE;
import static dev.lockstep.system.client.RawSocket.CONTINUATION;
import static dev.lockstep.system.client.RawSocket.FIN;
import static dev.lockstep.system.client.RawSocket.PING;
import static dev.lockstep.system.client.RawSocket.PONG;
import static dev.lockstep.system.client.RawSocket.TEXT;
import static dev.lockstep.system.client.RawSocket.close;
import static dev.lockstep.system.client.RawSocket.frame;
import static dev.lockstep.system.client.RawSocket.unmasked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.RawSocket;
import dev.lockstep.system.client.RawSocket.Received;
import dev.lockstep.system.server.Server;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 on the wire. Tests name the deviations of the server's Undertow, which OPERATIONS.md lists. */
abstract class Rfc6455Contract {
    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF8 = 1007;

    private final URI application;
    private final Api api;
    private RawSocket socket;

    Rfc6455Contract(Server server) {
        application = server.application("todo-app");
        api = new Api(application);
    }

    @BeforeEach
    void open() {
        socket = RawSocket.on(application);
        assertThat(socket.next(TEXT).text()).startsWith("{\"type\":\"sync-init\"");
    }

    @AfterEach
    void end() {
        socket.close();
    }

    /** The socket answers a ping, and receives broadcasts. */
    private void assertLives() {
        socket.send(frame(FIN | PING, "still there?"));
        assertThat(socket.next(PONG).text()).isEqualTo("still there?");
        String title = UUID.randomUUID().toString();
        api.post("/api/default/todos", "{\"title\":\"" + title + "\"}");
        assertThat(socket.next(TEXT).text()).contains(title);
    }

    /** The socket is closed with this code, and receives nothing after it. */
    private void assertClosed(int code) {
        assertThat(socket.next(CLOSE).code()).isEqualTo(code);
        assertThat(socket.ends()).isTrue();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a message in fragments is accepted, with pings in between, which are answered at once")
    void fragments() {
        socket.send(frame(TEXT, "in "), frame(FIN | PING, "between"), frame(CONTINUATION, "three "));
        assertThat(socket.next(PONG).text()).isEqualTo("between");
        socket.send(frame(FIN | CONTINUATION, "parts"));
        socket.send(frame(BINARY, ""), frame(CONTINUATION, ""), frame(FIN | CONTINUATION, ""));

        assertLives();
    }

    @Test
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a frame may come byte by byte, and a character in several fragments")
    void pieces() {
        byte[] character = "\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
        for (byte each : frame(FIN | TEXT, character)) {
            socket.send(new byte[] {each});
        }
        socket.send(
                frame(TEXT, Arrays.copyOfRange(character, 0, 1)),
                frame(FIN | PING, "between"),
                frame(CONTINUATION, Arrays.copyOfRange(character, 1, 3)),
                frame(FIN | CONTINUATION, Arrays.copyOfRange(character, 3, 4)));
        assertThat(socket.next(PONG).text()).isEqualTo("between");

        assertLives();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a ping of up to 125 bytes is answered by a pong with the same bytes")
    void pings(int length) {
        socket.send(frame(FIN | PING, "x".repeat(length)));
        assertThat(socket.next(PONG).text()).isEqualTo("x".repeat(length));
    }

    @Test
    @Tag("WIRE5")
    @DisplayName("[WIRE5] an unsolicited pong is ignored")
    void unaskedPong() {
        socket.send(frame(FIN | PONG, "nobody asked"));
        assertLives();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1007, 1011, 3000, 4999})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a close frame is answered with its code, and the connection ends")
    void closes(int code) {
        socket.send(close(code, "bye"));
        Received answer = socket.next(CLOSE);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.text()).endsWith("bye");
        assertThat(socket.ends()).isTrue();
    }

    @Test
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a close frame without a code is answered with 1000")
    void closesWithoutCode() {
        socket.send(frame(FIN | CLOSE, ""));
        assertClosed(NORMAL);
    }

    @Test
    @Tag("WIRE5")
    @DisplayName("[WIRE5] frames after a close frame are not answered")
    void afterClose() {
        socket.send(close(NORMAL, ""), frame(FIN | TEXT, "too late"), frame(FIN | PING, "too late"));
        assertClosed(NORMAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a close frame with a reserved code is answered with 1002")
    void badCodes(int code) {
        socket.send(close(code, ""));
        assertClosed(PROTOCOL_ERROR);
    }

    @Test
    @Tag("WIRE5")
    @DisplayName(
            "[WIRE5] a close frame with half a code is answered with 1002, with a reason that is not UTF-8 with 1007")
    void badCloses() {
        socket.send(frame(FIN | CLOSE, "x"));
        assertClosed(PROTOCOL_ERROR);
        try (RawSocket other = RawSocket.on(application)) {
            other.send(frame(FIN | CLOSE, bytes("03e8fffe")));
            assertThat(other.next(CLOSE).code()).isEqualTo(NOT_UTF8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x40, 0x20, 0x10})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a reserved bit closes with 1002: no extension is agreed on")
    void reservedBits(int bit) {
        socket.send(frame(FIN | bit | TEXT, "x"));
        assertClosed(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x3, 0x4, 0x5, 0x6, 0x7, 0xB, 0xC, 0xD, 0xE, 0xF})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] an unknown opcode closes with 1002")
    void unknownOpcodes(int opcode) {
        socket.send(frame(FIN | opcode, "x"));
        assertClosed(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {CLOSE, PING, PONG})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a control frame of more than 125 bytes closes with 1002")
    void longControls(int opcode) {
        socket.send(frame(FIN | opcode, "x".repeat(126)));
        assertClosed(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {CLOSE, PING, PONG})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a control frame in fragments closes with 1002")
    void fragmentedControls(int opcode) {
        socket.send(frame(opcode, ""));
        assertClosed(PROTOCOL_ERROR);
    }

    @Test
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a fragment of no message closes with 1002")
    void strayFragment() {
        socket.send(frame(FIN | CONTINUATION, "of what?"));
        assertClosed(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a message that begins within another closes with 1002")
    void messageInMessage(int opcode) {
        socket.send(frame(TEXT, "begun"), frame(FIN | opcode, "another"));
        assertClosed(PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(ints = {TEXT, BINARY})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a message without a mask closes with 1002")
    void unmaskedMessage(int opcode) {
        socket.send(unmasked(FIN | opcode, "naked"));
        assertClosed(PROTOCOL_ERROR);
    }

    /** Deviates from RFC 6455, section 5.1, which demands a close. Harmless: only the sender is answered. */
    @Test
    @Tag("WIRE5")
    @DisplayName("[WIRE5] Undertow accepts a ping without a mask, and answers it")
    void unmaskedPing() {
        socket.send(unmasked(FIN | PING, "naked"));
        assertThat(socket.next(PONG).text()).isEqualTo("naked");
        assertLives();
    }

    /** Deviates from RFC 6455, section 5.2, which allows the shortest form only. */
    @Test
    @Tag("WIRE5")
    @DisplayName("[WIRE5] Undertow accepts a length that is longer than necessary")
    void longLength() {
        socket.send(bytes("81fe0001" + "00000000" + "78"));
        assertLives();
    }

    /** Deviates from RFC 6455, section 5.2: the highest bit must be 0. Undertow takes the frame for an empty one. */
    @Test
    @Tag("WIRE5")
    @DisplayName("[WIRE5] Undertow accepts a negative length, and reads on after its header")
    void negativeLength() {
        socket.send(bytes("81ff8000000000000000" + "00000000"));
        assertLives();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "eda080", "f4908080", "616263e282", "80"})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] a text that is not UTF-8, or ends within a character, closes with 1007; binary frames may "
            + "have any bytes")
    void badText(String hex) {
        socket.send(frame(FIN | BINARY, bytes(hex)));
        assertLives();
        socket.send(frame(FIN | TEXT, bytes(hex)));
        assertClosed(NOT_UTF8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e282/41", "e282/", "6f6b/e282", "f0/9f/98/41"})
    @Tag("WIRE5")
    @DisplayName("[WIRE5] fragments that are not UTF-8 together close with 1007, also where a character is split")
    void badFragments(String hex) {
        String[] parts = hex.split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            int fin = i == parts.length - 1 ? FIN : 0;
            socket.send(frame(fin | (i == 0 ? TEXT : CONTINUATION), bytes(parts[i])));
        }
        assertClosed(NOT_UTF8);
    }

    @Test
    @Tag("WIRE5")
    @DisplayName("[WIRE5] an invalid text within a frame that comes byte by byte closes with 1007 before the frame has"
            + " ended")
    void badBeginning() {
        socket.send(Arrays.copyOf(frame(FIN | TEXT, bytes("ff" + "61".repeat(100))), 20));
        assertClosed(NOT_UTF8);
    }

    /** There is no 1009: a client's message on this socket is not buffered, so it cannot be too long. */
    @Test
    @Tag("CFS9")
    @DisplayName("[CFS9] a message of 1,000 fragments and 16 MB is ignored without being buffered")
    void endlessMessage() {
        String part = "x".repeat(16_000);
        socket.send(frame(TEXT, part));
        for (int i = 0; i < 1_000; i++) {
            socket.send(frame(CONTINUATION, part));
        }
        socket.send(frame(FIN | CONTINUATION, ""));

        assertLives();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "Ping",
                "{",
                "{\"type\":\"sync-init\",\"counters\":{\"todos\":999}}",
                "{\"type\":\"broadcast\",\"collection\":\"todos\",\"action\":\"delete\",\"broadcastId\":1}",
                "{\"__proto__\":{}}",
                "\u0000\u202e'; drop table todo_app_todos; --"
            })
    @Tag("CFS9")
    @DisplayName("[CFS9] a client's message is ignored, whatever its content, and reaches no other client")
    void ignored(String text) {
        try (RawSocket other = RawSocket.on(application)) {
            other.next(TEXT);
            socket.send(frame(FIN | TEXT, text), frame(FIN | BINARY, text));
            assertLives();
            assertThat(other.next(TEXT).text()).contains("\"action\":\"insert\"");
        }
    }
}
