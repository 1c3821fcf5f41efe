package dev.lockstep.system.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.BroadcastSocket.Closed;
import dev.lockstep.system.inside.ProbeEar;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The probe application on a server that accepts tokens, tickets, cookies and passwords. */
class IdentityIT {
    private static final String SECRET = "a-secret-of-the-tests-" + UUID.randomUUID();
    private static final Path FOLDER = TestFolders.empty("identity-keys");
    private static final Issuer ISSUER = new Issuer(SECRET, FOLDER.resolve("keys.json"));
    private static final String ALLOWED = "https://allowed.example";
    private static final String EVIL = "https://evil.example";
    private static final Server SERVER = new Server(
            TestFolders.provisionedServer(),
            TestFolders.empty("identity"),
            ProbeEar.inFolder(TestFolders.empty("identity-ear")),
            Map.of(
                    "LOCKSTEP_JWT_SECRETS",
                    "an-older-secret-that-is-still-valid-for-a-while," + SECRET,
                    "LOCKSTEP_JWT_COOKIE",
                    "session",
                    "LOCKSTEP_ORIGINS_ALLOWED",
                    ALLOWED + ",null,capacitor://localhost",
                    "MP_JWT_VERIFY_ISSUER",
                    Issuer.NAME,
                    "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                    FOLDER.resolve("keys.json").toUri().toString()));

    private final URI probe = SERVER.application("probe");
    private final Api api = new Api(probe);

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static String bearer(String token) {
        return "Bearer " + token;
    }

    private static String basic(String user, String password) {
        String text = user + ":" + password;
        return "Basic " + ISSUER.remembered(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private String own() {
        return probe.getScheme() + "://" + probe.getAuthority();
    }

    private String who(String... headers) {
        HttpResponse<byte[]> answer = api.exchange("GET", "/api/who", headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        return text(answer);
    }

    private void assertSignedIn(String user, String... headers) {
        try (BroadcastSocket socket = BroadcastSocket.at(probe, "/parties/main/own-" + user, headers)) {
            assertThat(socket.next().type()).isEqualTo("sync-init");
        }
    }

    private int refusal(String... headers) {
        return BroadcastSocket.refused(probe, "/parties/main/default", headers).statusCode();
    }

    private String ticket(String... headers) {
        HttpResponse<byte[]> answer = api.exchange("POST", "/api/ticket", headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        try (JsonReader reader = Json.createReader(new StringReader(text(answer)))) {
            var json = reader.readObject();
            assertThat(json.getInt("expiresInSeconds")).isEqualTo(30);
            return ISSUER.remembered(json.getString("ticket"));
        }
    }

    @Test
    @Tag("ID1")
    @DisplayName("[ID1] a bearer token, a cookie and a password identify a caller, to REST and to sockets")
    void known() {
        String token = ISSUER.token("alice");
        assertThat(who()).isEqualTo("nobody []");
        assertThat(who("Authorization", bearer(token))).isEqualTo("alice [exp, iat, iss, role, sub]");
        assertThat(who("Authorization", bearer(ISSUER.keyToken("bob")))).startsWith("bob ");
        assertThat(who("Cookie", "theme=dark; session=" + token)).startsWith("alice ");
        assertThat(who("Authorization", basic("alice", "wonderland"))).isEqualTo("alice [role]");

        assertSignedIn("alice", "Authorization", bearer(token));
        assertSignedIn("alice", "Cookie", "session=" + token, "Origin", own());
        assertSignedIn("alice", "Authorization", basic("alice", "wonderland"), "Origin", own());
        assertThat(api.exchange("GET", "/api/own-alice/notes", "Authorization", bearer(token))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Tag("ID1")
    @DisplayName("[ID1] an unidentified caller is anonymous, and gets no further than the rules allow")
    void anonymous() {
        assertThat(api.get("/api/own-alice/notes").status()).isEqualTo(403);
        assertThat(BroadcastSocket.refused(probe, "/parties/main/own-alice").statusCode())
                .isEqualTo(403);
        assertThat(who("X-Probe-Key", "alice")).isEqualTo("nobody []"); // for development only
    }

    @Test
    @Tag("ID2")
    @DisplayName("[ID2] wrong credentials answer 401, to REST and before the upgrade, and no other way is tried")
    void wrong() {
        for (String token :
                List.of("x", ISSUER.unsigned("alice"), ISSUER.token("alice", Duration.ofSeconds(-1)), "a.b.c")) {
            HttpResponse<byte[]> answer = api.exchange(
                    "GET", "/api/who", "Authorization", bearer(token), "Cookie", "session=" + ISSUER.token("a"));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer error=\"invalid_token\"");
            assertThat(text(answer)).isEqualTo("Unauthorized");
            assertThat(refusal("Authorization", bearer(token))).isEqualTo(401);
            assertThat(refusal("Cookie", "session=" + token, "Origin", own())).isEqualTo(401);
        }
    }

    @Test
    @Tag("ID3")
    @DisplayName("[ID3] a wrong cookie does not block pages, only requests for the caller's identity")
    void staleCookie() {
        String stale = "session=" + ISSUER.token("alice", Duration.ofSeconds(-1));

        assertThat(api.exchange("GET", "/api/health", "Cookie", stale).statusCode())
                .isEqualTo(200);
        assertThat(api.exchange("GET", "/api/who", "Cookie", stale).statusCode())
                .isEqualTo(401);
        assertThat(api.exchange("GET", "/api/default/notes", "Cookie", stale).statusCode())
                .isEqualTo(401);
        assertThat(api.exchange("POST", "/api/ticket", "Cookie", stale, "Origin", own())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    @Tag("ID4")
    @DisplayName("[ID4] a wrong password is challenged, on upgrades too; guarded paths ask for one")
    void passwords() {
        for (String password : List.of("", "wonderlan", "wonderland2", "builder")) {
            HttpResponse<byte[]> answer = api.exchange("GET", "/api/who", "Authorization", basic("alice", password));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Basic realm=\"Secure Area\"");
            assertThat(answer.headers().firstValue("content-type").orElseThrow())
                    .startsWith("text/plain");
            assertThat(text(answer)).isEqualTo("Unauthorized");
        }
        HttpResponse<?> upgrade = BroadcastSocket.refused(
                probe, "/parties/main/default", "Authorization", basic("mallory", "x"), "Origin", own());
        assertThat(upgrade.statusCode()).isEqualTo(401);
        assertThat(upgrade.headers().firstValue("www-authenticate")).contains("Basic realm=\"Secure Area\"");

        HttpResponse<byte[]> guarded = api.exchange("GET", "/members/index.html");
        assertThat(guarded.statusCode()).isEqualTo(401);
        assertThat(guarded.headers().firstValue("www-authenticate")).contains("Basic realm=\"Secure Area\"");
        assertThat(api.exchange("GET", "/members/index.html", "Authorization", basic("bob", "builder"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(api.exchange("GET", "/members;x/index.html").statusCode()).isNotEqualTo(200);
    }

    @Test
    @Tag("ID16")
    @DisplayName("[ID16] an endpoint and a servlet of the application know the caller of each request")
    void callerOfEndpoints() {
        String alice = bearer(ISSUER.tokenInGroups("alice", "editor", "staff"));
        String bob = bearer(ISSUER.token("bob"));

        assertThat(text(api.exchange("GET", "/api/roles/open"))).isEqualTo("probe nobody null false false");
        assertThat(text(api.exchange("GET", "/api/roles/open", "Authorization", alice)))
                .isEqualTo("probe alice alice true true");
        assertThat(text(api.exchange("GET", "/api/roles/open", "Authorization", bob)))
                .isEqualTo("probe bob bob true true");
        assertThat(text(api.exchange("GET", "/whoami", "Authorization", alice))).isEqualTo("alice true");
        assertThat(text(api.exchange("GET", "/whoami", "Authorization", bob))).isEqualTo("bob false");
        assertThat(text(api.exchange("GET", "/whoami"))).isEqualTo("nobody false");
        String stale = "session=" + ISSUER.token("alice", Duration.ofSeconds(-1));
        assertThat(api.exchange("GET", "/api/roles/open", "Cookie", stale).statusCode())
                .isEqualTo(401);
    }

    @Test
    @Tag("ID17")
    @DisplayName("[ID17] a method with @RolesAllowed answers 401 without an identity, and 403 without the role")
    void roles() {
        String editor = bearer(ISSUER.tokenInGroups("alice", "editor", "staff"));
        String reader = bearer(ISSUER.tokenInGroups("bob", "staff"));

        HttpResponse<byte[]> known = api.exchange("GET", "/api/roles", "Authorization", editor);
        assertThat(text(known)).isEqualTo("alice [editor, staff] true false alice");
        HttpResponse<byte[]> unknown = api.exchange("GET", "/api/roles");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(text(unknown)).isEqualTo("{\"error\":{\"message\":\"Unauthorized\",\"code\":\"UNAUTHENTICATED\"}}");
        for (String header : List.of(reader, basic("bob", "builder"))) {
            HttpResponse<byte[]> refused = api.exchange("GET", "/api/roles", "Authorization", header);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(text(refused)).endsWith("\"code\":\"FORBIDDEN\"}}");
        }
        assertThat(api.exchange("GET", "/api/roles/owner", "Authorization", editor)
                        .statusCode())
                .isEqualTo(403);
        assertThat(api.exchange("GET", "/api/roles/closed", "Authorization", editor)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @Tag("ID5")
    @DisplayName("[ID5] a socket is opened from the server's own pages and from listed ones only")
    void origins() {
        String token = ISSUER.token("alice");
        assertSignedIn("alice", "Authorization", bearer(token), "Origin", own());
        assertSignedIn("alice", "Cookie", "session=" + token, "Origin", ALLOWED);
        assertSignedIn("alice", "Cookie", "session=" + token, "Origin", "null");
        assertSignedIn("alice", "Cookie", "session=" + token, "Origin", "capacitor://localhost");

        assertThat(refusal("Origin", EVIL)).isEqualTo(403);
        assertThat(refusal("Origin", "http://localhost:5173")).isEqualTo(403);
        assertThat(refusal("Authorization", bearer(token), "Origin", EVIL)).isEqualTo(403);
        assertThat(refusal("Cookie", "session=" + token, "Origin", EVIL)).isEqualTo(403);
        assertThat(refusal("Cookie", "session=" + token)).isEqualTo(403);
    }

    @Test
    @Tag("ID5")
    @Tag("ID7")
    @Tag("CC5")
    @DisplayName("[ID5][ID7][CC5] a password without an Origin is accepted, unless the browser reports another site")
    void passwordWithoutOrigin() {
        String password = basic("alice", "wonderland");
        String row = "/api/own-alice/notes/x";
        assertSignedIn("alice", "Authorization", password);
        assertThat(api.exchange("DELETE", row, "Authorization", password).statusCode())
                .isEqualTo(200);
        assertThat(api.exchange("DELETE", row, "Authorization", password, "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
        for (String other : List.of("cross-site", "same-site")) {
            assertThat(api.exchange("DELETE", row, "Authorization", password, "Sec-Fetch-Site", other)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(refusal("Authorization", password, "Sec-Fetch-Site", other))
                    .isEqualTo(403);
        }
    }

    @Test
    @Tag("ID5")
    @Tag("ID7")
    @Tag("CC5")
    @DisplayName("[ID5][ID7][CC5] the refusal of an origin is JSON that names the origin and the setting")
    void refusedOrigin() {
        HttpResponse<byte[]> answer = api.exchange(
                "DELETE", "/api/own-alice/notes/x", "Authorization", basic("alice", "wonderland"), "Origin", EVIL);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/json");
        assertThat(text(answer))
                .startsWith("{\"error\":{\"message\":\"Forbidden: pages of the origin '" + EVIL + "'")
                .contains("lockstep.origins.allowed")
                .endsWith("\"code\":\"FORBIDDEN\"}}");
    }

    @Test
    @Tag("ID6")
    @DisplayName("[ID6] forwarding headers of an untrusted client make no origin the server's own")
    void spoofed() {
        assertThat(refusal("Origin", EVIL, "X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https"))
                .isEqualTo(403);
        assertThat(refusal("Origin", EVIL, "Forwarded", "host=evil.example;proto=https"))
                .isEqualTo(403);
    }

    @Test
    @Tag("ID7")
    @DisplayName("[ID7] another site cannot write with a cookie or a password")
    void crossSiteWrites() {
        String cookie = "session=" + ISSUER.token("alice");
        for (String method : List.of("POST", "PUT", "DELETE")) {
            String path = "/api/own-alice/notes/x";
            assertThat(api.exchange(method, path, "Cookie", cookie, "Origin", EVIL)
                            .statusCode())
                    .isEqualTo(403);
            assertThat(api.exchange(method, path, "Cookie", cookie).statusCode())
                    .isEqualTo(403);
            assertThat(api.exchange(method, path, "Authorization", basic("alice", "wonderland"), "Origin", EVIL)
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(api.exchange("DELETE", "/api/own-alice/notes/x", "Cookie", cookie, "Origin", own())
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.exchange("DELETE", "/api/own-alice/notes/x", "Authorization", bearer(ISSUER.token("alice")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(api.exchange("GET", "/api/own-alice/notes", "Cookie", cookie).statusCode())
                .isEqualTo(200);
    }

    @Test
    @Tag("ID8")
    @DisplayName("[ID8] a ticket opens one socket, and is worth nothing elsewhere")
    void tickets() {
        String ticket = ticket("Authorization", bearer(ISSUER.token("alice")));
        assertThat(who()).isEqualTo("nobody []");
        assertThat(text(api.exchange("GET", "/api/who?ticket=" + ticket))).isEqualTo("nobody []");
        String path = "/parties/main/own-alice?ticket=" + ticket;
        try (BroadcastSocket socket = BroadcastSocket.at(probe, path)) {
            assertThat(socket.next().type()).isEqualTo("sync-init");
        }
        assertThat(BroadcastSocket.refused(probe, path).statusCode()).isEqualTo(401);
        assertThat(BroadcastSocket.refused(probe, "/parties/main/default?ticket=x")
                        .statusCode())
                .isEqualTo(401);
        assertThat(api.exchange("POST", "/api/ticket").statusCode()).isEqualTo(401);
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] an identity that expires closes its socket within 1 s")
    void expiry() {
        Instant before = Instant.now();
        Duration goodFor = Duration.ofSeconds(3);
        try (BroadcastSocket socket = BroadcastSocket.at(
                probe, "/parties/main/own-alice", "Authorization", bearer(ISSUER.token("alice", goodFor)))) {
            assertThat(socket.closed()).isEqualTo(new Closed(4401, "sign in again"));
            assertThat(Duration.between(before, Instant.now())).isLessThan(goodFor.plusSeconds(2));
        }
    }

    @Test
    @Tag("ID9")
    @DisplayName("[ID9] a removed key closes its sockets, tickets' included")
    void rotation() {
        String token = ISSUER.keyToken("carol");
        String path = "/parties/main/own-carol";
        String ticket = ticket("Authorization", bearer(token));
        try (BroadcastSocket byToken = BroadcastSocket.at(probe, path, "Authorization", bearer(token));
                BroadcastSocket byTicket = BroadcastSocket.at(probe, path + "?ticket=" + ticket);
                BroadcastSocket other =
                        BroadcastSocket.at(probe, path, "Authorization", bearer(ISSUER.token("carol")))) {
            ISSUER.rotate();
            assertThat(byToken.closed().code()).isEqualTo(4401);
            assertThat(byTicket.closed().code()).isEqualTo(4401);
            assertThat(refusal("Authorization", bearer(token))).isEqualTo(401);
            other.next();
            assertSignedIn("carol", "Authorization", bearer(ISSUER.keyToken("carol")));
        }
    }

    @Test
    @Tag("ID10")
    @DisplayName("[ID10] a newer token of the same user keeps a resuming socket open; another token changes nothing")
    void renewal() {
        String first = ISSUER.token("dora", Duration.ofSeconds(4));
        String path = "/parties/main/own-dora?cursor=0";
        try (BroadcastSocket renewed = BroadcastSocket.at(probe, path, "Authorization", bearer(first));
                BroadcastSocket old = BroadcastSocket.at(probe, path, "Authorization", bearer(first))) {
            assertThat(renewed.next().type()).isEqualTo("sync-init");
            renewed.send("{\"type\":\"token\",\"token\":\"" + ISSUER.token("eve") + "\"}");
            assertThat(renewed.next().type()).isEqualTo("error");
            renewed.send("{\"type\":\"token\",\"token\":\"" + ISSUER.unsigned("dora") + "\"}");
            assertThat(renewed.next().type()).isEqualTo("error");
            renewed.send("{\"type\":\"token\",\"token\":\"" + "x".repeat(20_000) + "\"}");
            renewed.send("nonsense");
            renewed.send("{\"type\":\"token\",\"token\":\"" + ISSUER.token("dora") + "\"}");
            assertThat(renewed.next().text()).isEqualTo("{\"type\":\"token-accepted\"}");

            assertThat(old.closed().code()).isEqualTo(4401);
            assertThat(api.exchange("GET", "/api/own-dora/notes", "Authorization", bearer(ISSUER.token("dora")))
                            .statusCode())
                    .isEqualTo(200);
            renewed.send("{\"type\":\"token\",\"token\":\"" + ISSUER.token("dora") + "\"}");
            assertThat(renewed.next().text()).isEqualTo("{\"type\":\"token-accepted\"}");
        }
    }

    @Test
    @Tag("ID11")
    @DisplayName("[ID11] a revoked user loses sockets and tokens, also after a restart; a newer token is accepted")
    void revocation() {
        Instant issued = Instant.now();
        String token = ISSUER.tokenOf("frank", issued);
        String ticket = ticket("Authorization", bearer(token));
        try (BroadcastSocket socket =
                BroadcastSocket.at(probe, "/parties/main/own-frank", "Authorization", bearer(token))) {
            socket.next();
            assertThat(api.delete("/api/who/frank").status()).isEqualTo(204);
            assertThat(socket.closed()).isEqualTo(new Closed(4401, "sign in again"));
        }
        assertThat(refusal("Authorization", bearer(token))).isEqualTo(401);
        assertThat(BroadcastSocket.refused(probe, "/parties/main/own-frank?ticket=" + ticket)
                        .statusCode())
                .isEqualTo(401);
        assertThat(who("Authorization", bearer(ISSUER.tokenOf("frank", issued.plusSeconds(5)))))
                .startsWith("frank ");

        SERVER.redeploy();
        assertThat(api.exchange("GET", "/api/who", "Authorization", bearer(token))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    @Tag("ID12")
    @DisplayName("[ID12] no token, ticket, cookie or password is written to the server's log")
    void logs() throws IOException {
        String ticket = ticket("Authorization", bearer(ISSUER.token("alice")));
        BroadcastSocket.refused(probe, "/parties/main/default?cursor=x&ticket=not-" + ticket);
        api.exchange("GET", "/api/nothing/of/this?token=" + ISSUER.token("alice"), "Authorization", bearer("x"));
        Deadline.ofSeconds(5)
                .until("the server has logged something", () -> !SERVER.logged().isEmpty());

        String log = SERVER.logged();
        assertThat(ISSUER.issued()).allSatisfy(secret -> assertThat(log).doesNotContain(secret));
        assertThat(log).doesNotContain(SECRET).doesNotContain("wonderland").doesNotContain(" ERROR ");
    }
}
