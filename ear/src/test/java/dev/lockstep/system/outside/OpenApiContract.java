package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.server.Server;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The OpenAPI documents of the examples, where the server offers them. */
abstract class OpenApiContract {
    private final Server server;
    private final boolean offered;

    OpenApiContract(Server server, boolean offered) {
        this.server = server;
        this.offered = offered;
    }

    private HttpResponse<byte[]> get(String application, String path) {
        return new Api(server.application(application)).exchange("GET", path);
    }

    private static JsonObject document(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(answer.body()))) {
            JsonObject document = reader.readObject();
            assertThat(document.getString("openapi")).isEqualTo("3.1.0");
            return document;
        }
    }

    @Test
    @Tag("CFS31")
    @DisplayName("[CFS31] each application describes itself by HTTP to every caller, if the setting says so")
    void described() {
        Map<String, String> collections =
                Map.of("todo-app", "todos", "bulk-todo", "todos", "scoped-todos-app", "scopedTodos");
        collections.forEach((application, collection) -> {
            HttpResponse<byte[]> answer = get(application, "/api/openapi");
            if (!offered) {
                assertThat(answer.statusCode()).isEqualTo(404);
                return;
            }
            JsonObject document = document(answer);
            assertThat(document.getJsonArray("servers").getJsonObject(0).getString("url"))
                    .isEqualTo("/" + application + "/api");
            assertThat(document.getJsonObject("paths")).containsKey("/{room}/" + collection);
        });
    }

    @Test
    @Tag("CFS32")
    @DisplayName("[CFS32] /openapi of the server describes all applications, if the setting says so")
    void ofAllApplications() {
        HttpResponse<byte[]> answer = get("", "/openapi");

        if (offered) {
            assertThat(document(answer).getJsonObject("paths"))
                    .containsKeys(
                            "/todo-app/api/{room}/todos",
                            "/todo-app/parties/main/{room}",
                            "/bulk-todo/api/{room}/todos/bulk",
                            "/scoped-todos-app/api/{room}/scopedTodos",
                            "/auth-todo-app/api/health",
                            "/project-roles-todo-app/api/{room}/mutations");
        } else {
            assertThat(answer.statusCode()).isEqualTo(404);
        }
    }
}
