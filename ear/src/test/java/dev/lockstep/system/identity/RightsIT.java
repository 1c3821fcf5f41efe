package dev.lockstep.system.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.BroadcastSocket.Closed;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.inside.ProbeEar;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Visibility of the probe application's letters while rights change. */
class RightsIT {
    private static final String SECRET = "a-secret-of-the-tests-" + UUID.randomUUID();
    private static final Issuer ISSUER =
            new Issuer(SECRET, TestFolders.empty("rights-keys").resolve("keys.json"));
    private static final Server SERVER = new Server(
            TestFolders.provisionedServer(),
            TestFolders.empty("rights"),
            ProbeEar.inFolder(TestFolders.empty("rights-ear")),
            Map.of("LOCKSTEP_JWT_SECRETS", SECRET, "MP_JWT_VERIFY_ISSUER", Issuer.NAME));

    private final URI probe = SERVER.application("probe");
    private final String board = "letters-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private Reader reader(String name, String... colours) {
        Reader reader = new Reader(probe, name, ISSUER.token(name), board);
        reader.mayRead(colours);
        return reader;
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private void write(Reader as, String id, String title) {
        assertThat(as.send("POST", "", "{\"id\":\"" + id + "\",\"title\":\"" + title + "\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Tag("ACC16")
    @DisplayName("[ACC16] each caller has its own list, which no cache keeps, and answers that show no more")
    void lists() {
        Reader root = reader("root", "red", "blue");
        Reader red = reader("red", "red");
        write(root, "a", "red:a");
        write(root, "b", "blue:b");

        HttpResponse<byte[]> list = red.list("");
        assertThat(text(list)).contains("red:a").doesNotContain("blue:b", "\"b\"");
        assertThat(list.headers().firstValue("etag")).isEmpty();
        assertThat(list.headers().firstValue("cache-control")).contains("no-store");
        assertThat(text(root.list(""))).contains("red:a", "blue:b");
        assertThat(text(red.send("PUT", "/b", "{\"title\":\"blue:c\"}"))).isEqualTo("{\"success\":true,\"data\":null}");
        assertThat(text(red.send("PUT", "/none", "{\"title\":\"blue:c\"}")))
                .isEqualTo("{\"success\":true,\"data\":null}");
    }

    @Test
    @Tag("CFS19")
    @DisplayName("[CFS19] a fully filtered frame is an empty bulk-update; its number is used")
    void filteredFrame() {
        Reader root = reader("root", "red", "blue");
        Reader red = reader("red", "red");
        try (BroadcastSocket socket = red.greeted()) {
            socket.next();
            write(root, "x", "blue:1");
            Frame hidden = socket.next();
            assertThat(hidden.withoutPosition())
                    .isEqualTo("{\"type\":\"broadcast\",\"collection\":\"letters\",\"action\":\"bulk-update\","
                            + "\"payload\":[],\"broadcastId\":1}");
            root.send("PUT", "/x", "{\"title\":\"red:2\"}");
            assertThat(socket.next().action()).isEqualTo("insert");
            root.send("PUT", "/x", "{\"title\":\"blue:3\"}");
            Frame gone = socket.next();
            assertThat(gone.action()).isEqualTo("delete");
            assertThat(gone.broadcastId()).isEqualTo(3);
        }
    }

    @Test
    @Tag("ACC19")
    @Tag("CFS20")
    @DisplayName("[ACC19][CFS20] a lost right purges or closes sockets within 1 s, and nothing arrives afterwards")
    void rightEnds() {
        Reader root = reader("root", "red", "blue");
        Reader bob = reader("bob", "red", "blue");
        try (BroadcastSocket resuming = bob.open("?cursor=" + bob.position());
                BroadcastSocket other = bob.greeted()) {
            write(root, "p", "red:1");
            resuming.next();
            assertThat(resuming.next().text()).contains("red:1");
            other.next();
            assertThat(other.next().text()).contains("red:1");

            Instant before = Instant.now();
            bob.mayRead("blue");
            assertThat(resuming.next().text()).isEqualTo("{\"type\":\"purge\",\"collection\":\"letters\"}");
            assertThat(other.closed()).isEqualTo(new Closed(4410, "the rights to read have changed; read anew"));
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));

            write(root, "q", "red:2");
            assertThat(resuming.next().action()).isEqualTo("bulk-update");
            write(root, "r", "blue:2");
            assertThat(resuming.next().text()).contains("blue:2");

            bob.mayRead();
            assertThat(resuming.closed()).isEqualTo(new Closed(4403, "the right to read this room has ended"));
            write(root, "s", "blue:3");
            assertThat(resuming.unread() + other.unread()).isZero();
            assertThatThrownBy(() -> bob.open("?cursor=0")).hasMessageContaining("403 Forbidden");
        }
    }

    @Test
    @Tag("ACC25")
    @DisplayName("[ACC25] a client whose user's rights changed while it was away reads its list and its socket again")
    void rightsChangedWhileAway() {
        Reader root = reader("root", "red", "blue");
        Reader eva = reader("eva", "red", "blue");
        write(root, "v", "red:1");
        String before = seq(eva.list(""));
        write(root, "w", "blue:1");
        assertThat(text(eva.list("?cursor=" + before))).contains("blue:1");

        eva.mayRead("blue");

        HttpResponse<byte[]> refused = eva.list("?cursor=" + before);
        assertThat(refused.statusCode()).isEqualTo(410);
        assertThat(text(refused)).contains("BOOTSTRAP_NEEDED").doesNotContain("red:1");
        try (BroadcastSocket back = eva.open("?cursor=" + before)) {
            assertThat(back.next().type()).isEqualTo("sync-init");
            assertThat(back.next().type()).isEqualTo("bootstrap-needed");
        }
        HttpResponse<byte[]> fresh = eva.list("");
        assertThat(text(fresh)).contains("blue:1").doesNotContain("red:1");
        assertThat(eva.list("?cursor=" + seq(fresh)).statusCode()).isEqualTo(200);
        assertThat(root.list("?cursor=" + before).statusCode()).isEqualTo(200);
    }

    private static String seq(HttpResponse<byte[]> answer) {
        return answer.headers().firstValue("lockstep-seq").orElseThrow();
    }

    @Test
    @Tag("ACC19")
    @DisplayName("[ACC19] callers with unchanged rights, or without filtered collections, notice nothing")
    void nothingChanged() {
        Reader anybody = new Reader(probe, "carl", ISSUER.token("carl"), "plain-" + UUID.randomUUID());
        anybody.mayRead("red");
        try (BroadcastSocket socket = BroadcastSocket.at(
                URI.create(probe.toString().replace("/probe", "/todo-app")), "/parties/main/default")) {
            socket.next();
            anybody.mayRead("blue");
            assertThat(socket.isEnded()).isFalse();
            assertThat(socket.unread()).isZero();
        }
    }

    @Test
    @Tag("ACC16")
    @Tag("ACC17")
    @Tag("ACC18")
    @Tag("ACC19")
    @DisplayName(
            "[ACC16][ACC17][ACC18][ACC19] with random lives of letters no caller receives a byte that it may not read")
    void nothingLeaks() throws IOException {
        for (long seed : List.of(System.nanoTime(), 1L, 2L)) {
            RandomLetters letters = new RandomLetters(
                    seed,
                    name -> new Reader(probe, name, ISSUER.token(name), "letters-" + seed + "-" + UUID.randomUUID()));
            letters.run();
        }
        assertThat(SERVER.logged()).doesNotContain(" ERROR ");
    }
}
