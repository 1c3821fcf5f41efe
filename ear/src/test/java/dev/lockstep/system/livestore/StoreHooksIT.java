package dev.lockstep.system.livestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket.Closed;
import dev.lockstep.system.identity.Issuer;
import dev.lockstep.system.inside.ProbeEar;
import dev.lockstep.system.livestore.StoreClient.Transport;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.Server;
import dev.lockstep.system.server.TestFolders;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hooks, identities and settings of the dialect, in an application with event stores only. */
class StoreHooksIT {
    private static final String SECRET = "a-secret-for-stores-" + UUID.randomUUID();
    private static final String JWT_SECRET = "a-secret-of-the-tests-" + UUID.randomUUID();
    private static final String ALLOWED = "https://allowed.example";
    private static final String EVIL = "https://evil.example";
    private static final Path FOLDER = TestFolders.empty("store-hooks-keys");
    private static final Issuer ISSUER = new Issuer(JWT_SECRET, FOLDER.resolve("keys.json"));
    private static final Path EAR = ProbeEar.withStoresIn(TestFolders.empty("store-hooks-ear"));
    private static final Server SERVER = new Server(
            TestFolders.provisionedServer(),
            TestFolders.empty("store-hooks"),
            EAR,
            Map.of(
                    "LOCKSTEP_JWT_SECRETS",
                    JWT_SECRET,
                    "LOCKSTEP_JWT_COOKIE",
                    "session",
                    "LOCKSTEP_ORIGINS_ALLOWED",
                    ALLOWED,
                    "MP_JWT_VERIFY_ISSUER",
                    Issuer.NAME,
                    "LOCKSTEP_LIVESTORE_SECRET",
                    SECRET,
                    "LOCKSTEP_LIVESTORE_FORWARDED_HEADERS",
                    "X-Tenant, cookie",
                    "LOCKSTEP_LIVESTORE_CORS",
                    "true",
                    "LOCKSTEP_LIVESTORE_RESPONSE_HEADERS",
                    "X-One=a, X-Two=b\\,c=d"));

    private final URI stores = SERVER.application("stores");
    private final String store = "hooks-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static String bearer(String user) {
        return "Bearer " + ISSUER.token(user);
    }

    private static String payload(String token) {
        return "{\"authToken\":\"" + token + "\"}";
    }

    private StoreClient client(Transport transport, String payload, String... headers) {
        return new StoreClient(transport, stores, store, payload, headers);
    }

    private int refusal(Transport transport, String payload, String... headers) {
        return StoreClient.refusal(transport, stores, store, payload, headers);
    }

    private List<String> calls() {
        return new Api(stores).get("/calls?store=" + store).body().lines().toList();
    }

    private void assertCalls(String... expected) {
        Deadline.ofSeconds(10).until("the hook is called", () -> calls().size() >= expected.length);
        assertThat(calls()).containsExactlyInAnyOrder(expected);
    }

    private static void assertApplied(JsonObject exit) {
        assertThat(exit).hasToString("{\"_tag\":\"Success\",\"value\":{}}");
    }

    private static String error(JsonObject exit) {
        JsonObject error = exit.getJsonObject("cause").getJsonObject("error");
        assertThat(error.getString("_tag")).isEqualTo("UnknownError");
        return error.getJsonObject("cause").getString("message");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("LS11")
    @DisplayName("[LS11] hooks receive caller, payload and forwarded headers of pushes and pulls")
    void calls(Transport transport) {
        try (StoreClient client = client(
                transport, "{\"colour\":\"red\"}", "Authorization", bearer("ann"), "x-tenant", "t1", "X-Other", "no")) {
            assertApplied(client.push(0, "v1.Fine"));
            assertThat(client.names()).containsExactly("v1.Fine");
        }
        String rest = " ann payload=red headers={x-tenant=t1} groups=null";
        assertCalls(
                "beforePush [1]" + rest,
                "afterPush [1]" + rest,
                "beforePull after 0" + rest,
                "afterPull after 0" + rest);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("LS11")
    @DisplayName("[LS11] hooks receive the headers that a hook chooses; one that fails chooses none")
    void chosenHeaders(Transport transport) {
        try (StoreClient client = client(transport, "{}", "X-Version", "7.1");
                StoreClient broken = client(transport, "{}", "X-Version", "broken")) {
            assertThat(client.names()).isEmpty();
            assertThat(broken.names()).isEmpty();
        }
        String rest = " after 0 nobody payload=null headers=";
        assertCalls(
                "beforePull" + rest + "{x-major=7} groups=null",
                "afterPull" + rest + "{x-major=7} groups=null",
                "beforePull" + rest + "{} groups=null",
                "afterPull" + rest + "{} groups=null");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("LS1")
    @DisplayName("[LS1] a store whose name the application does not admit is refused with 400")
    void refusedNames(Transport transport) {
        for (String name : List.of("Hooks-" + UUID.randomUUID(), "hooks", store + "\n", store + "x")) {
            assertThat(StoreClient.refusal(transport, stores, name, "{}"))
                    .as(name)
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("LS11")
    @DisplayName("[LS11] a push that a hook refuses is not appended; its client receives the message of a refusal only")
    void refusedPushes(Transport transport) {
        try (StoreClient client = client(transport, "", "Authorization", bearer("bob"))) {
            assertThat(error(client.push(0, "v1.TooEarly"))).isEqualTo("not before noon");
            assertThat(error(client.push(0, "v1.Broken"))).isEqualTo("Internal error; the server's log has the cause");
            assertThat(client.names()).isEmpty();
            assertApplied(client.push(0, "v1.Fine"));
            assertThat(client.names()).containsExactly("v1.Fine");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("LS11")
    @DisplayName("[LS11] a hook that fails after a push has no effect on it; one may append a compensating event")
    void afterwards(Transport transport) {
        try (StoreClient client = client(transport, "", "Authorization", bearer("cleo"))) {
            assertApplied(client.push(0, "v1.BrokenAfterwards"));
            assertApplied(client.push(1, "v1.Rejected"));
            Deadline.ofSeconds(10)
                    .until(
                            "the event is compensated",
                            () -> client.names()
                                    .equals(List.of("v1.BrokenAfterwards", "v1.Rejected", "v1.Compensated")));
        }
    }

    @Test
    @Tag("LS11")
    @DisplayName("[LS11] a pull that a hook refuses closes the socket: for good, or for the time being")
    void refusedPullsOnSockets() {
        try (StoreClient black = client(Transport.WS, "{\"colour\":\"black\"}");
                StoreClient grey = client(Transport.WS, "{\"colour\":\"grey\"}")) {
            assertThat(black.closedByPull()).isEqualTo(new Closed(4403, "no pulls in black"));
            assertThat(grey.closedByPull()).isEqualTo(new Closed(1012, "no pulls in grey now"));
        }
    }

    @Test
    @Tag("LS11")
    @DisplayName("[LS11] a pull that a hook refuses is answered with its message by HTTP")
    void refusedPullsByHttp() {
        try (StoreClient client = client(Transport.HTTP, "{\"colour\":\"black\"}")) {
            assertThat(error(client.pull().getFirst().getJsonObject("exit"))).isEqualTo("no pulls in black");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("LS10")
    @DisplayName("[LS10] a header, a cookie and the payload's token each identify the caller")
    void identities(Transport transport) {
        String token = ISSUER.token("dora");
        try (StoreClient byHeader = client(transport, "", "Authorization", "Bearer " + token);
                StoreClient byCookie = client(transport, "", "Cookie", "session=" + token, "Origin", ALLOWED);
                StoreClient byPayload = client(transport, payload(token))) {
            assertApplied(byHeader.push(0, "v1.Fine"));
            assertApplied(byCookie.push(1, "v1.Fine"));
            assertApplied(byPayload.push(2, "v1.Fine"));
        }
        assertThat(calls())
                .filteredOn(call -> call.startsWith("beforePush"))
                .hasSize(3)
                .allMatch(call -> call.contains(" dora "));
        assertThat(refusal(transport, "", "Authorization", bearer("eve"))).isEqualTo(403);
        assertThat(refusal(transport, "")).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("ID18")
    @DisplayName("[ID18] a known caller has the claims that a bean makes of header and parameter; another has none")
    void claimsOfTheRequest(Transport transport) {
        String[] request = {"X-Tenant", "t9"};
        try (StoreClient known = client(transport, payload(ISSUER.token("ann")), request);
                StoreClient anonymous =
                        new StoreClient(transport, stores, "hooks-" + UUID.randomUUID(), "{}", request)) {
            assertThat(error(known.push(0, "v1.OfTenant")))
                    .endsWith("tenant t9 " + transport.name().toLowerCase(Locale.ROOT));
            assertThat(error(anonymous.push(0, "v1.OfTenant"))).endsWith("tenant null");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("LS10")
    @DisplayName("[LS10] a wrong token and a payload of another user are refused")
    void wrongIdentities(Transport transport) {
        String unsigned = ISSUER.token("dora").replaceFirst("[^.]+$", "AAAA");
        assertThat(refusal(transport, payload("no token"))).isEqualTo(401);
        assertThat(refusal(transport, payload(unsigned))).isEqualTo(401);
        assertThat(refusal(transport, payload(SECRET + "x"))).isEqualTo(401);
        assertThat(refusal(transport, "{\"sub\":\"eve\"}", "Authorization", bearer("dora")))
                .isEqualTo(403);
        assertThat(refusal(
                        transport,
                        "{\"userId\":\"eve\"}",
                        "Cookie",
                        "session=" + ISSUER.token("dora"),
                        "Origin",
                        ALLOWED))
                .isEqualTo(403);
        assertThat(refusal(transport, "{\"authToken\":\"" + ISSUER.token("dora") + "\",\"userId\":\"eve\"}"))
                .isEqualTo(403);
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("LS10")
    @DisplayName("[LS10] the shared secret makes a caller without a name and with its role; it reaches no log")
    void secret(Transport transport) throws Exception {
        try (StoreClient client = client(transport, payload(SECRET))) {
            assertApplied(client.push(0, "v1.Fine"));
        }
        String rest = " nobody payload=null headers={} groups=[livestore-secret]";
        assertCalls("beforePush [1]" + rest, "afterPush [1]" + rest);
        assertThat(SERVER.logged()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("LS10")
    @DisplayName("[LS10] a cookie does not identify a page of another host")
    void foreignPages(Transport transport) {
        String token = ISSUER.token("fay");
        assertThat(refusal(transport, "", "Cookie", "session=" + token, "Origin", EVIL))
                .isEqualTo(403);
        try (StoreClient own = client(transport, "", "Cookie", "session=" + token, "Origin", ALLOWED)) {
            assertApplied(own.push(0, "v1.Fine"));
        }
    }

    private static String header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    @Tag("LS12")
    @DisplayName("[LS12] pages of all origins may read the answers by HTTP, refusals too, with the configured headers")
    void cors() {
        Api page = new Api(stores).with("Origin", EVIL);
        String path = StoreClient.path(Transport.HTTP, store, "");
        HttpResponse<byte[]> preflight = page.exchange(
                "OPTIONS",
                path,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type,x-livestore-store-id");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(preflight, "Access-Control-Allow-Methods")).isEqualTo("GET, POST, OPTIONS");
        assertThat(header(preflight, "Access-Control-Allow-Headers")).isEqualTo("content-type,x-livestore-store-id");
        assertThat(header(preflight, "Access-Control-Allow-Credentials")).isEmpty();

        for (String payload : List.of("", payload(SECRET), payload("wrong"), "{\"sub\":\"eve\"}", "{}{")) {
            try (StoreClient client = client(Transport.HTTP, payload, "Origin", EVIL)) {
                HttpResponse<byte[]> answer = client.post("Ping", "");
                assertThat(header(answer, "Access-Control-Allow-Origin"))
                        .as("%s: %d", payload, answer.statusCode())
                        .isEqualTo("*");
                assertThat(header(answer, "Access-Control-Allow-Credentials")).isEmpty();
                if (answer.statusCode() == 200) {
                    assertThat(header(answer, "X-One")).isEqualTo("a");
                    assertThat(header(answer, "X-Two")).isEqualTo("b,c=d");
                }
            }
        }
        try (StoreClient client = client(Transport.HTTP, "", "Origin", ALLOWED)) {
            HttpResponse<byte[]> answer = client.post("Ping", "");
            assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(ALLOWED);
            assertThat(header(answer, "Access-Control-Allow-Credentials")).isEqualTo("true");
        }
        for (String other : List.of("/sync", "/sync?storeId=a&transport=ws", "/sync?storeId=a&transport=nope")) {
            assertThat(header(page.exchange("GET", other), "Access-Control-Allow-Origin"))
                    .isEqualTo("*");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("LS1")
    @DisplayName("[LS1] a transport that is switched off is refused with 400; the other one stays")
    void switchedOff(Transport on) {
        Transport off = on == Transport.WS ? Transport.HTTP : Transport.WS;
        try (Server server = new Server(
                TestFolders.provisionedServer(),
                TestFolders.empty("store-transport-" + on),
                EAR,
                Map.of("LOCKSTEP_LIVESTORE_TRANSPORTS", on.name().toLowerCase(Locale.ROOT)))) {
            server.start();
            URI application = server.application("stores");
            assertThat(StoreClient.refusal(off, application, store, "")).isEqualTo(400);
            try (StoreClient client = new StoreClient(on, application, store, "")) {
                assertApplied(client.push(0, "v1.Fine"));
                assertThat(client.names()).containsExactly("v1.Fine");
            }
        }
    }
}
