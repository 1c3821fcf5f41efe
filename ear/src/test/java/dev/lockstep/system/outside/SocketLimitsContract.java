package dev.lockstep.system.outside;

import static dev.lockstep.system.client.RawSocket.CLOSE;
import static dev.lockstep.system.client.RawSocket.FIN;
import static dev.lockstep.system.client.RawSocket.PING;
import static dev.lockstep.system.client.RawSocket.PONG;
import static dev.lockstep.system.client.RawSocket.TEXT;
import static dev.lockstep.system.client.RawSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.RawSocket;
import dev.lockstep.system.client.RawSocket.Received;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sockets of clients that are gone, or do not read. The server has the timeouts of {@link #SHORT}. */
abstract class SocketLimitsContract {
    /** Short timeouts. One has its former name, which still counts. Each takes effect up to 5 s late. */
    static final Map<String, String> SHORT = Map.of(
            "LOCKSTEP_SOCKET_PING_INTERVAL", "PT2S",
            "LOCKSTEP_SOCKET_IDLE_TIMEOUT", "PT10S",
            "LOCKSTEP_SOCKET_STALL_MAX", "PT10S");

    private static final int CLOSED_TOO_SLOW = 4008;
    private static final int CUT_OFF_SECONDS_MAX = 40;
    private static final String BULK = "/api/default/notes/bulk";
    private static final int NOTES = 95;
    private static final String CONTENT = "x".repeat(10_000);

    private final Server server;
    private final URI application;
    private final Api api;

    SocketLimitsContract(Server server) {
        this.server = server;
        application = server.application("todo-app");
        api = new Api(application);
    }

    private double cutOff(String reason) throws Exception {
        return server.metrics()
                .body()
                .lines()
                .filter(line -> line.startsWith("lockstep_sessions_disconnected_total")
                        && line.contains("\"todo-app\"")
                        && line.contains("reason=\"" + reason + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    @Tag("WIRE2")
    @DisplayName("[WIRE2] a client is pinged; one that answers stays, one that does not is closed with 4008")
    void silent() throws Exception {
        double before = cutOff("silent");
        try (RawSocket gone = RawSocket.on(application);
                RawSocket there = RawSocket.on(application)) {
            boolean closed = false;
            int pings = 0;
            Received received = gone.next();
            while (!closed && received != null) {
                if (received.opcode() == PING) {
                    pings++;
                    assertThat(received.payload().hasRemaining()).isFalse();
                    there.next(PING);
                    there.send(frame(FIN | PONG, ""));
                }
                closed = received.opcode() == CLOSE;
                if (!closed) {
                    received = gone.next();
                }
            }

            assertThat(pings).isPositive();
            assertThat(received).isNotNull().extracting(Received::code).isEqualTo(CLOSED_TOO_SLOW);
            gone.awaitEnd();
            assertThat(cutOff("silent")).isEqualTo(before + 1);
            there.send(frame(FIN | PING, "still there?"));
            assertThat(there.next(PONG).text()).isEqualTo("still there?");
        }
    }

    @Test
    @Tag("ROOM7")
    @DisplayName("[ROOM7] clients that do not read are closed in time, and delay no other client")
    void doNotRead() throws Exception {
        double before = cutOff("stalled");
        List<RawSocket> slow = Stream.generate(() -> RawSocket.withSmallBuffer(application))
                .limit(5)
                .toList();
        try (BroadcastSocket reads = BroadcastSocket.on(application, "default")) {
            reads.next();
            slow.forEach(each -> each.next(TEXT));
            List<String> ids = api
                    .post(BULK, items(NOTES, i -> "{\"title\":\"n\",\"content\":\"" + CONTENT + "\"}"))
                    .rows()
                    .getValuesAs(JsonObject.class)
                    .stream()
                    .map(row -> row.getString("id"))
                    .toList();
            long number = reads.next().broadcastId();
            for (int round = 1; round <= 10; round++) {
                String title = "round " + round;
                api.put(
                        BULK,
                        items(NOTES, i -> "{\"id\":\"" + ids.get(i) + "\",\"data\":{\"title\":\"" + title + "\"}}"));
                assertThat(reads.next().broadcastId()).isEqualTo(number + round);
            }

            Deadline.ofSeconds(CUT_OFF_SECONDS_MAX)
                    .until("all are closed", () -> cutOff("stalled") == before + slow.size());

            api.delete(
                    BULK,
                    ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "{\"ids\":[", "]}")));
            assertThat(reads.next().action()).isEqualTo("bulk-delete");
            slow.forEach(RawSocket::awaitEnd);
        } finally {
            slow.forEach(RawSocket::close);
        }
    }

    private static String items(int count, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(",", "{\"items\":[", "]}"));
    }
}
