package dev.lockstep.system.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of a new application's developer; the project is {@code src/test/own-application}. */
class OwnApplicationIT {
    private static final String PAGE = "/api/2026-11/entries";

    @Test
    @Tag("OPS5")
    @DisplayName(
            "[OPS5] an application built against sync-api alone runs on a stock WildFly when its EAR is copied there")
    void builtAndRun(@TempDir Path outside) throws Exception {
        Path project = outside.resolve("guestbook");
        TestFolders.copy(TestFolders.ownApplication(), project);
        LocalRepository repository = LocalRepository.withLockstepIn(outside.resolve("repository"));
        new Maven(repository, repository.settings(outside.resolve("settings.xml"))).packageIn(project);
        Path ear = project.resolve("ear").resolve("target").resolve("guestbook.ear");
        assertThat(Files.exists(ear)).isTrue();
        assertThat(Files.readString(project.resolve("web/src/main/types/lockstep.d.ts")))
                .contains("export interface EntryInsert", "  words: string;");

        try (Server server = new Server(TestFolders.stockServer(), TestFolders.empty("stock"), ear, Map.of())) {
            server.start();
            assertServes(server);
            // Steps that need what the server does not bring are skipped.
            assertThat(server.logged()).doesNotContain("MicrometerExport", "DatabaseReadiness");
        }
    }

    private static void assertServes(Server server) {
        Api guestbook = new Api(server.application("guestbook"));
        try (BroadcastSocket socket = BroadcastSocket.on(server.application("guestbook"), "2026-11")) {
            assertThat(socket.next().text()).isEqualTo("{\"type\":\"sync-init\",\"counters\":{}}");

            Answer written = guestbook.post(PAGE, "{\"words\":\"What a lovely place\"}");
            assertThat(written.status()).as(written.body()).isEqualTo(200);
            assertThat(written.row().keySet()).containsExactly("id", "page", "words", "createdAt", "updatedAt");
            assertThat(socket.next().text()).contains(written.rowText());

            assertThat(guestbook.post(PAGE, "{\"words\":\"\"}").status()).isEqualTo(400);
        }
        assertThat(guestbook.post("/api/2025-11/entries", "{\"words\":\"too late\"}"))
                .isEqualTo(new Answer(
                        403,
                        "application/json",
                        "{\"error\":{\"message\":\"This page is full\",\"code\":\"FORBIDDEN\"}}"));
        assertThat(guestbook.get("/api/2025-11/entries").body()).isEqualTo("{\"entries\":[]}");
    }
}
