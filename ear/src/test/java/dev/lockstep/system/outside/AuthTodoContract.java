package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.client.SignedInUser;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The behaviour that the original's front end of auth-todo-app relies on, and the isolation of its users. */
abstract class AuthTodoContract {
    private static final String ADMINS = "/api/admin/todos";
    private static final String USERS = "/api/user/todos";

    private final URI application;
    private final Api stranger;
    private final SignedInUser admin;
    private final SignedInUser user;

    AuthTodoContract(Server server) {
        application = server.application("auth-todo-app");
        stranger = new Api(application);
        admin = new SignedInUser(application, "admin");
        user = new SignedInUser(application, "user");
    }

    private static String titled(String title) {
        return "{\"title\":\"" + title + "\"}";
    }

    @Test
    @Tag("ID4")
    @DisplayName("[ID4] every request except signing out asks for a password, in the original's words")
    void guarded() {
        for (String path : List.of(
                "/", "/index.html", "/api/me", "/api/health", ADMINS, "/page/page.css", "/lockstep/client.js")) {
            HttpResponse<byte[]> answer = stranger.exchange("GET", path);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Basic realm=\"Secure Area\"");
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("Unauthorized");
        }
        HttpResponse<?> upgrade = BroadcastSocket.refused(application, "/parties/todos/admin");
        assertThat(upgrade.statusCode()).isEqualTo(401);
        assertThat(upgrade.headers().firstValue("www-authenticate")).contains("Basic realm=\"Secure Area\"");
        assertThat(new SignedInUser(application, "admin", "wrong")
                        .api()
                        .get("/api/me")
                        .status())
                .isEqualTo(401);
        assertThat(new SignedInUser(application, "editor").api().get("/api/me").status())
                .isEqualTo(401);
    }

    @Test
    @Tag("ID4")
    @DisplayName("[ID4] signing out answers with a page without a challenge, except for the request that makes a "
            + "browser forget")
    void signingOut() {
        for (Api api : List.of(stranger, user.api())) {
            HttpResponse<byte[]> page = api.exchange("GET", "/logout");
            assertThat(page.statusCode()).isEqualTo(401);
            assertThat(page.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
            assertThat(page.headers().firstValue("www-authenticate")).isEmpty();
            HttpResponse<byte[]> forget = api.exchange("GET", "/logout?forget");
            assertThat(forget.statusCode()).isEqualTo(401);
            assertThat(forget.headers().firstValue("www-authenticate")).contains("Basic realm=\"Secure Area\"");
        }
    }

    @Test
    @Tag("ID4")
    @DisplayName("[ID4] a guarded page is requested each time: after signing out it is no longer shown")
    void notCached() {
        assertThat(user.api().exchange("GET", "/index.html").headers().firstValue("cache-control"))
                .contains("no-cache");
    }

    @Test
    @Tag("ID1")
    @DisplayName("[ID1] a user's identity is answered")
    void me() {
        assertThat(user.api().get("/api/me").body()).isEqualTo("{\"authenticated\":true,\"username\":\"user\"}");
    }

    @Test
    @Tag("COL1")
    @Tag("COL4")
    @DisplayName("[COL1][COL4] a todo has the fields of the original, and the room's owner, whatever the client sends")
    void fields() {
        Answer made = admin.api().post(ADMINS, "{\"title\":\"a\",\"owner_id\":\"user\",\"id\":\"mine\"}");
        JsonObject row = made.row();
        String path = ADMINS + "/" + row.getString("id");

        assertThat(row.keySet()).containsExactly("id", "owner_id", "title", "completed", "createdAt", "updatedAt");
        assertThat(row.getString("owner_id")).isEqualTo("admin");
        assertThat(row.getString("id")).isNotEqualTo("mine");
        assertThat(admin.api().put(path, "{\"owner_id\":\"user\"}").row().getString("owner_id"))
                .isEqualTo("admin");
    }

    @Test
    @Tag("ACC4")
    @DisplayName("[ACC4] a caller cannot read, write or subscribe to another user's room, by any route")
    void rooms() {
        String refusal = "Forbidden: syncId must be 'user', got 'admin'. The syncId must match the userId exactly.";
        Api api = user.api();
        String items = "{\"items\":[" + titled("x") + "]}";
        for (Answer answer : List.of(
                api.get(ADMINS),
                api.get(ADMINS + "?consistent=true"),
                api.get(ADMINS + "?cursor=0"),
                api.get(ADMINS + "?limit=1"),
                api.get("/api/todos/admin"),
                api.post(ADMINS, titled("x")),
                api.post("/api/todos", "{\"title\":\"x\",\"syncId\":\"admin\"}"),
                api.put(ADMINS + "/x", titled("x")),
                api.delete(ADMINS + "/x"),
                api.delete("/api/todos/x?syncId=admin"),
                api.post(ADMINS + "/bulk", items),
                api.put(ADMINS + "/bulk", "{\"items\":[{\"id\":\"x\",\"data\":" + titled("x") + "}]}"),
                api.delete(ADMINS + "/bulk", "{\"ids\":[\"x\"]}"))) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(403);
            assertThat(answer.message()).isEqualTo(refusal);
        }
        for (String room : List.of("admin", "admin?cursor=0", "%61dmin")) {
            assertThat(BroadcastSocket.refused(application, "/parties/todos/" + room, user.headers())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    @Tag("COL8")
    @DisplayName("[COL8] another user's row is not found, by its id in the caller's own room, or by any scope")
    void ids() {
        String title = "admin's " + UUID.randomUUID();
        String id = admin.api().post(ADMINS, titled(title)).row().getString("id");
        Api api = user.api();

        assertThat(api.put(USERS + "/" + id, titled("taken")).body()).isEqualTo("{\"success\":true,\"data\":null}");
        assertThat(api.put(USERS + "/bulk", "{\"items\":[{\"id\":\"" + id + "\",\"data\":" + titled("taken") + "}]}")
                        .rows())
                .isEmpty();
        assertThat(api.delete(USERS + "/" + id).body()).isEqualTo("{\"success\":true}");
        assertThat(api.delete(USERS + "/" + id + "?scope=admin").status()).isEqualTo(200);
        assertThat(api.delete(USERS + "/bulk", "{\"ids\":[\"" + id + "\"]}").status())
                .isEqualTo(200);
        assertThat(api.get(USERS + "?scope=admin").body()).doesNotContain(id);
        assertThat(api.get(USERS).body()).doesNotContain(id);
        assertThat(admin.api().get(ADMINS).body()).contains(title);
    }

    @Test
    @Tag("ACC9")
    @DisplayName("[ACC9] changes in one room do not appear in another, not even in its counters")
    void live() {
        try (BroadcastSocket admins = admin.on("admin");
                BroadcastSocket users = user.on("user")) {
            long before = users.next().counter("todos");
            admins.next();
            admin.api().post(ADMINS, titled("for admin"));
            assertThat(admins.next().json().getJsonObject("payload").getString("title"))
                    .isEqualTo("for admin");
            user.api().post(USERS, titled("for user"));
            Frame first = users.next();
            assertThat(first.json().getJsonObject("payload").getString("title")).isEqualTo("for user");
            assertThat(first.broadcastId()).isEqualTo(before + 1);
            assertThat(admins.unread()).isZero();
        }
    }

    @Test
    @Tag("ID5")
    @Tag("ID6")
    @Tag("ID7")
    @DisplayName("[ID5][ID6][ID7] a password does not help other sites, whatever they claim about a proxy")
    void otherSites() {
        String evil = "https://evil.example";
        String password = admin.headers()[1];
        for (String[] headers : List.of(
                new String[] {"Authorization", password, "Origin", evil},
                new String[] {"Authorization", password, "Origin", "null"},
                new String[] {
                    "Authorization",
                    password,
                    "Origin",
                    evil,
                    "X-Forwarded-Host",
                    "evil.example",
                    "X-Forwarded-Proto",
                    "https"
                },
                new String[] {"Authorization", password, "Origin", evil, "Forwarded", "host=evil.example;proto=https"
                })) {
            assertThat(BroadcastSocket.refused(application, "/parties/todos/admin", headers)
                            .statusCode())
                    .isEqualTo(403);
            Api api = stranger.with(headers);
            assertThat(api.post(ADMINS, titled("evil")).status()).isEqualTo(403);
            assertThat(api.delete(ADMINS + "/x").status()).isEqualTo(403);
        }
    }
}
