package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Server;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rights of pages of other hosts where the operator has named {@link #LISTED}. */
abstract class OriginsContract {
    static final String LISTED = "https://a.example,https://b.example:8443";

    private static final String ALLOWED = "https://b.example:8443";
    private static final String TODOS = "/api/default/todos";

    private final Api api;
    private final Api strata;

    OriginsContract(Server server) {
        api = new Api(server.application("todo-app"));
        strata = new Api(server.application("strata-tasks"));
    }

    private static List<String> header(HttpResponse<?> answer, String name) {
        return answer.headers().allValues(name);
    }

    @Test
    @Tag("CFS16")
    @Tag("CC10")
    @DisplayName("[CFS16][CC10] a preflight of a named host is answered with the allowed requests and their lifetime")
    void preflight() {
        HttpResponse<byte[]> answer = api.exchange(
                "OPTIONS",
                TODOS,
                "Origin",
                ALLOWED,
                "Access-Control-Request-Method",
                "PUT",
                "Access-Control-Request-Headers",
                "content-type");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(header(answer, "access-control-allow-origin")).containsExactly(ALLOWED);
        assertThat(header(answer, "access-control-allow-methods")).containsExactly("GET, HEAD, POST, PUT, DELETE");
        assertThat(header(answer, "access-control-allow-headers")).containsExactly("content-type");
        assertThat(header(answer, "access-control-max-age")).containsExactly("600");
        assertThat(header(answer, "vary")).contains("Origin");
        assertThat(header(answer, "access-control-allow-credentials")).containsExactly("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {TODOS, "/api/health", "/api/default/nothing", "/api/default/todos/1/2/3"})
    @Tag("CFS16")
    @DisplayName("[CFS16] a page of a named host may read every response, refusals and position headers included")
    void answers(String path) {
        HttpResponse<byte[]> answer = api.exchange("GET", path, "Origin", ALLOWED);

        assertThat(header(answer, "access-control-allow-origin")).containsExactly(ALLOWED);
        assertThat(header(answer, "access-control-allow-credentials")).containsExactly("true");
        assertThat(header(answer, "access-control-expose-headers")).containsExactly("ETag, Link, Lockstep-Seq");
        assertThat(header(answer, "vary")).contains("Origin");
    }

    @Test
    @Tag("CFS16")
    @Tag("CFS27")
    @DisplayName("[CFS16][CFS27] a page of a named host may send mutations, and reads the position of its write")
    void mutations() {
        String path = "/api/default/mutations";
        String body = "{\"changes\":[{\"collection\":\"todos\",\"action\":\"insert\",\"data\":{\"title\":\"t\"}}]}";
        HttpResponse<byte[]> preflight =
                api.exchange("OPTIONS", path, "Origin", ALLOWED, "Access-Control-Request-Headers", "content-type");
        HttpResponse<byte[]> answer = api.with("Origin", ALLOWED).exchangeJson("POST", path, body);

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "access-control-allow-methods")).containsExactly("GET, HEAD, POST, PUT, DELETE");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "access-control-expose-headers")).containsExactly("ETag, Link, Lockstep-Seq");
        assertThat(header(answer, "lockstep-seq")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sync/deltas", "/sync/bootstrap", "/sync/nope"})
    @Tag("STR17")
    @DisplayName("[STR17] Strata's requests and streams are readable by named hosts, too, refusals included")
    void strata(String path) {
        HttpResponse<byte[]> preflight =
                strata.exchange("OPTIONS", path, "Origin", ALLOWED, "Access-Control-Request-Headers", "authorization");
        HttpResponse<byte[]> answer = strata.exchange("GET", path, "Origin", ALLOWED);
        HttpResponse<byte[]> notListed = strata.exchange("GET", path, "Origin", "https://evil.example");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "access-control-allow-headers")).containsExactly("authorization");
        for (HttpResponse<byte[]> each : List.of(preflight, answer)) {
            assertThat(header(each, "access-control-allow-origin")).containsExactly(ALLOWED);
            assertThat(header(each, "vary")).contains("Origin");
        }
        assertThat(header(notListed, "access-control-allow-origin")).isEmpty();
        assertThat(header(notListed, "vary")).contains("Origin");
        assertThat(strata.exchange("OPTIONS", path, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://b.example:8443",
                "https://b.example",
                "https://a.example.evil.example",
                "null",
                LISTED
            })
    @Tag("CFS16")
    @DisplayName("[CFS16] a page of any other host is refused, and no cache gives it another page's response")
    void notListed(String origin) {
        HttpResponse<byte[]> preflight = api.exchange("OPTIONS", TODOS, "Origin", origin);
        HttpResponse<byte[]> answer = api.exchange("GET", TODOS, "Origin", origin);

        assertThat(preflight.statusCode()).isEqualTo(404);
        assertThat(answer.statusCode()).isEqualTo(200);
        for (HttpResponse<byte[]> each : List.of(preflight, answer)) {
            assertThat(each.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
            assertThat(header(each, "vary")).contains("Origin");
        }
    }

    @Test
    @Tag("CFS16")
    @DisplayName("[CFS16] a request without an Origin is served: it is no page of another host")
    void noOrigin() {
        HttpResponse<byte[]> answer = api.exchange("GET", TODOS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "access-control-allow-origin")).isEmpty();
        assertThat(header(answer, "vary")).contains("Origin");
    }
}
