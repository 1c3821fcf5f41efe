package dev.lockstep.system.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.SignedInUser;
import dev.lockstep.system.inside.ProbeEar;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The probe application in the development profile, and with an invalid secret. */
class DevelopmentIT {
    private static final Path EAR = ProbeEar.inFolder(TestFolders.empty("development-ear"));

    private static String who(Api api, String... headers) {
        HttpResponse<byte[]> answer = api.exchange("GET", "/api/who", headers);
        return answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    @Tag("ID13")
    @DisplayName(
            "[ID13] the development profile has its own secret, well-known credentials, and admits pages of any port")
    void development() throws IOException {
        Path folder = TestFolders.empty("development");
        try (Server server =
                new Server(TestFolders.provisionedServer(), folder, EAR, Map.of("LOCKSTEP_PROFILE", "development"))) {
            server.start();
            URI probe = server.application("probe");
            Api api = new Api(probe);
            Path secret = folder.resolve("data").resolve("development-jwt-secret");
            Issuer issuer = new Issuer(
                    Files.readString(secret),
                    TestFolders.empty("development-keys").resolve("k.json"));

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
            assertThat(who(api, "Authorization", "Bearer " + issuer.token("alice")))
                    .startsWith("200 alice ");
            assertThat(who(api, "X-Probe-Key", "bob")).startsWith("200 bob ");
            try (BroadcastSocket socket =
                    BroadcastSocket.at(probe, "/parties/main/default", "Origin", "http://localhost:5173")) {
                assertThat(socket.next().type()).isEqualTo("sync-init");
            }
            assertThat(server.logged()).doesNotContain(Files.readString(secret));
        }
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] a secret that is too short fails the start; the message does not contain it")
    void shortSecret() throws IOException {
        try (Server server = new Server(
                TestFolders.provisionedServer(),
                TestFolders.empty("short-secret"),
                EAR,
                Map.of("LOCKSTEP_JWT_SECRETS", "kurz-und-gut"))) {
            server.startExpectingFailure();
            assertThat(server.logged())
                    .contains("A secret in lockstep.jwt.secrets has 12 bytes: it must have 32 or more random bytes.")
                    .doesNotContain("kurz-und-gut");
        }
    }

    @Test
    @Tag("ID13")
    @DisplayName("[ID13] outside the development profile the examples' users are unknown, guarded pages stay guarded, "
            + "and the log says so")
    void production() throws IOException {
        try (Server server = new Server(
                TestFolders.provisionedServer(),
                TestFolders.empty("examples-in-production"),
                TestFolders.examplesEar(),
                Map.of())) {
            server.start();
            for (String example : List.of("auth-todo-app", "project-roles-todo-app")) {
                SignedInUser admin = new SignedInUser(server.application(example), "admin");
                assertThat(admin.api().get("/api/me").status()).isEqualTo(401);
                assertThat(admin.api().get("/").status()).isEqualTo(401);
                assertThat(BroadcastSocket.refused(admin.application(), "/parties/todos/admin", admin.headers())
                                .statusCode())
                        .isEqualTo(401);
                assertThat(server.logged())
                        .contains(
                                "application=" + example + " accepts passwords only with lockstep.profile=development");
            }
            Api tasks = new Api(server.application("strata-tasks"));
            assertThat(tasks.exchange("GET", "/api/ws-1/Task", "Authorization", "Bearer alice-token")
                            .statusCode())
                    .isEqualTo(401);
        }
    }
}
