package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Extensions of the native dialect's REST side, the layout of its older versions, and invalid input. */
abstract class ExtensionsContract {
    private static final String NOTES = "/api/default/notes";
    private static final Pattern LINK = Pattern.compile("<(.*)>; rel=\"next\"");

    private final Api api;

    ExtensionsContract(Server server) {
        api = new Api(server.application("todo-app"));
    }

    private JsonObject note(String title) {
        return api.post(NOTES, "{\"title\":\"" + title + "\"}").row();
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    @Tag("CFS18")
    @DisplayName("[CFS18] the layout of version 0.20 and earlier works alike: the room in the body, query or path")
    void olderLayout() {
        String mark = UUID.randomUUID().toString();
        Answer made = api.post("/api/notes", "{\"title\":\"" + mark + "\",\"syncId\":\"default\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        String path = "/api/notes/" + made.row().getString("id");

        assertThat(api.get("/api/notes/default").body()).contains(mark);
        assertThat(api.put(path, "{\"content\":\"c\"}").row().getString("content"))
                .isEqualTo("c");
        assertThat(api.post("/api/notes/bulk", "{\"items\":[{\"title\":\"" + mark + "\"}]}")
                        .rows())
                .hasSize(1);
        assertThat(api.delete(path + "?syncId=default").body()).isEqualTo("{\"success\":true}");
        assertThat(api.delete("/api/notes/bulk", "{\"ids\":[\"no-such-row\"]}").status())
                .isEqualTo(200);
        assertThat(api.put("/api/notes/bulk", "{\"items\":[{\"id\":\"no-such-row\",\"data\":{}}]}")
                        .rows())
                .isEmpty();
        assertThat(api.get("/api/notes/default").body())
                .doesNotContain(made.row().getString("id"));
        assertThat(api.post("/api/notes", "{\"title\":\"x\",\"syncId\":5}").message())
                .isEqualTo("syncId: expected string, received number");
        assertThat(api.post("/api/nothing", "{}").status()).isEqualTo(404);
        assertThat(api.put("/api/nothing/1", "{}").status()).isEqualTo(404);
    }

    @Test
    @Tag("CFS12")
    @DisplayName("[CFS12] an unchanged list answers 304, a changed one 200")
    void seenBefore() {
        note("seen");
        String tag = header(api.exchange("GET", NOTES), "etag");

        HttpResponse<byte[]> again = api.exchange("GET", NOTES, "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "etag")).isEqualTo(tag);
        api.post("/api/default/todos", "{\"title\":\"of another collection\"}");
        assertThat(api.exchange("GET", NOTES, "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        note("not seen");
        assertThat(api.exchange("GET", NOTES, "If-None-Match", tag).statusCode())
                .isEqualTo(200);
        assertThat(api.exchange("GET", NOTES, "If-None-Match", "\"somebody-else-s\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Tag("CFS13")
    @DisplayName("[CFS13] a list in pages equals the whole list: each page names the next")
    void pages() {
        for (int i = 0; i < 5; i++) {
            note("page " + i);
        }
        List<String> pages = new ArrayList<>();
        String path = NOTES + "?limit=2";
        while (!path.isEmpty()) {
            HttpResponse<byte[]> page = api.exchange("GET", path);
            assertThat(page.statusCode()).as(text(page)).isEqualTo(200);
            String rows = text(page);
            pages.add(rows.substring("{\"notes\":[".length(), rows.length() - "]}".length()));
            Matcher next = LINK.matcher(header(page, "link"));
            path = next.matches() ? NOTES + "?" + URI.create(next.group(1)).getRawQuery() : "";
        }

        assertThat(pages).hasSizeGreaterThan(2);
        assertThat("{\"notes\":[" + String.join(",", pages) + "]}")
                .isEqualTo(api.get(NOTES).body());
        for (String query : List.of("limit=0", "limit=1001", "limit=x", "after=x", "after=%25", "limit=")) {
            assertThat(api.get(NOTES + "?" + query).status()).as(query).isEqualTo(400);
        }
    }

    @Test
    @Tag("CFS14")
    @DisplayName("[CFS14] a list with a cursor is answered with its changes since then")
    void catchUp() {
        String gone = note("goes").getString("id");
        String position = header(api.exchange("GET", NOTES), "Lockstep-Seq");
        JsonObject made = note("comes");
        api.delete(NOTES + "/" + gone);

        JsonObject since = api.get(NOTES + "?cursor=" + position).json();
        assertThat(since.getJsonArray("notes")).containsExactly(made);
        assertThat(since.getJsonArray("$deleted").getString(0)).isEqualTo(gone);
        String now = since.getJsonNumber("$seq").toString();
        assertThat(api.get(NOTES + "?cursor=" + now).body())
                .isEqualTo("{\"notes\":[],\"$deleted\":[],\"$seq\":" + now + "}");
        assertThat(api.get(NOTES + "?cursor=999999999").status()).isEqualTo(410);
        assertThat(api.get(NOTES + "?cursor=-1").status()).isEqualTo(400);
    }

    @Test
    @Tag("CFS15")
    @DisplayName("[CFS15] long responses are compressed for clients that accept it, with equal content")
    void compressed() throws IOException {
        note("x".repeat(500));
        note("y".repeat(500));
        HttpResponse<byte[]> packed = api.exchange("GET", NOTES, "Accept-Encoding", "gzip");

        assertThat(header(packed, "content-encoding")).isEqualTo("gzip");
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(api.get(NOTES).body());
        }
        assertThat(header(api.exchange("GET", NOTES), "content-encoding")).isEmpty();
        assertThat(header(api.exchange("GET", "/api/health", "Accept-Encoding", "gzip"), "content-encoding"))
                .isEmpty();
    }

    @Test
    @Tag("CFS16")
    @DisplayName("[CFS16] pages of other hosts may not call unless the operator has named them")
    void otherOrigins() {
        HttpResponse<byte[]> asked = api.exchange("OPTIONS", NOTES, "Origin", "https://evil.example");

        assertThat(asked.statusCode()).isEqualTo(404);
        assertThat(asked.headers().firstValue("access-control-allow-origin")).isEmpty();
        assertThat(api.exchange("GET", NOTES, "Origin", "https://evil.example")
                        .headers()
                        .firstValue("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    @Tag("CFS17")
    @DisplayName("[CFS17] text that would be SQL, a prototype or a path elsewhere is stored and returned unchanged")
    void hostileText() {
        for (String text : List.of(
                "'; drop table todo_notes; --",
                "\" or 1=1 --",
                "__proto__",
                "${jndi:ldap://x}",
                "../../etc",
                "%00",
                "\ud83d\ude00")) {
            String json = text.replace("\"", "\\\"");
            Answer answer = api.post(
                    NOTES,
                    "{\"title\":\"" + json + "\",\"__proto__\":{\"admin\":true},\"constructor\":\"x\",\"scope\":\""
                            + json + "\",\"_clientMutationId\":\"" + json + UUID.randomUUID() + "\"}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.row().getString("title")).isEqualTo(text);
            assertThat(answer.row().keySet()).containsExactly("id", "title", "content", "createdAt", "updatedAt");
        }
        assertThat(api.get(NOTES + "?scope=%27%20or%201%3D1").status()).isEqualTo(200);
        for (String id : List.of("%27%3Bdrop", "a%2Fb", "%E2%80%AE", "__proto__", "%F0%9F%98%80", "a;b=c")) {
            assertThat(api.delete(NOTES + "/" + id).status()).as(id).isEqualTo(200);
        }
        assertThat(api.delete(NOTES + "/" + "x".repeat(256)).status()).isEqualTo(400);
    }
}
