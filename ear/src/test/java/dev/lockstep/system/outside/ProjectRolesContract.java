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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The behaviour that the original's front end of project-roles-todo-app relies on, and changes of roles. */
abstract class ProjectRolesContract {
    private static final String ROOM = "project:demo-project";
    private static final String TODOS = "/api/" + ROOM + "/todos";
    private static final String TODO = "{\"title\":\"a\",\"scope\":\"demo-project\"}";

    private final SignedInUser admin;
    private final SignedInUser editor;
    private final SignedInUser viewer;

    ProjectRolesContract(Server server) {
        URI application = server.application("project-roles-todo-app");
        admin = new SignedInUser(application, "admin");
        editor = new SignedInUser(application, "editor");
        viewer = new SignedInUser(application, "user");
    }

    @AfterEach
    void rolesAsTheyWere() {
        give("editor", "editor");
        give("user", "viewer");
    }

    private void give(String name, String role) {
        assertThat(admin.api()
                        .sendNothing("PUT", "/api/members/" + name + "/" + role)
                        .status())
                .isEqualTo(200);
    }

    private String made() {
        return editor.api().post(TODOS, TODO).row().getString("id");
    }

    private static void assertForbidden(Answer answer, String message) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.message()).isEqualTo(message);
    }

    @Test
    @Tag("COL1")
    @Tag("ACC11")
    @DisplayName("[COL1][ACC11] a todo has the fields of the original, and the user that created it as its owner")
    void fields() {
        JsonObject row = editor.api().post(TODOS, TODO).row();

        assertThat(row.keySet())
                .containsExactly("id", "project_id", "scope", "ownerId", "title", "completed", "createdAt");
        assertThat(row.getString("project_id")).isEqualTo(ROOM);
        assertThat(row.getString("ownerId")).isEqualTo("editor");
        assertThat(row.getString("scope")).isEqualTo("demo-project");
        assertThat(viewer.api().get("/api/me").body()).isEqualTo("{\"authenticated\":true,\"username\":\"user\"}");
        assertThat(viewer.api().get("/api/health").body()).endsWith("\"collections\":[\"todos\"]}");
    }

    @Test
    @Tag("ACC7")
    @DisplayName("[ACC7] a viewer reads and subscribes, and cannot write, nor in a bulk")
    void viewer() {
        String id = made();
        Api api = viewer.api();
        String one = "{\"completed\":true}";

        assertThat(api.get(TODOS + "?scope=demo-project").body()).contains(id);
        assertThat(api.get("/api/project%3Ademo-project/todos").body()).contains(id);
        assertForbidden(api.post(TODOS, TODO), "Forbidden: insert on collection \"todos\"");
        assertForbidden(api.put(TODOS + "/" + id, one), "Forbidden: update on collection \"todos\"");
        assertForbidden(api.delete(TODOS + "/" + id), "Forbidden: delete on collection \"todos\"");
        assertForbidden(
                api.post(TODOS + "/bulk", "{\"items\":[" + TODO + "]}"),
                "Forbidden: bulk-insert on collection \"todos\"");
        assertForbidden(
                api.put(TODOS + "/bulk", "{\"items\":[{\"id\":\"" + id + "\",\"data\":" + one + "}]}"),
                "Forbidden: bulk-update on collection \"todos\"");
        assertForbidden(
                api.delete(TODOS + "/bulk", "{\"ids\":[\"" + id + "\"]}"),
                "Forbidden: bulk-delete on collection \"todos\"");
    }

    @Test
    @Tag("ACC7")
    @DisplayName("[ACC7] an editor adds and changes, an admin also deletes; a viewer receives the changes")
    void writers() {
        try (BroadcastSocket socket = viewer.on(ROOM)) {
            socket.next();
            String id = made();
            Frame insert = socket.next();
            assertThat(insert.action()).isEqualTo("insert");
            assertThat(insert.json().getString("scope")).isEqualTo("demo-project");

            assertThat(editor.api()
                            .put(TODOS + "/" + id, "{\"completed\":true}")
                            .status())
                    .isEqualTo(200);
            assertForbidden(editor.api().delete(TODOS + "/" + id), "Forbidden: delete on collection \"todos\"");
            assertThat(admin.api()
                            .delete(TODOS + "/bulk", "{\"ids\":[\"" + id + "\"]}")
                            .status())
                    .isEqualTo(200);
            assertThat(List.of(socket.next().action(), socket.next().action()))
                    .containsExactly("update", "bulk-delete");
        }
    }

    @Test
    @Tag("ACC4")
    @DisplayName("[ACC4] a user has no role in other projects: they cannot be read, written or subscribed to")
    void otherProjects() {
        for (SignedInUser each : List.of(admin, editor, viewer)) {
            for (String room : List.of("project:other", "demo-project", "default", "PROJECT:demo-project")) {
                String todos = "/api/" + room + "/todos";
                String refusal = "Forbidden: you have no role in this project";
                assertForbidden(each.api().get(todos), refusal);
                assertForbidden(each.api().get(todos + "?scope=demo-project"), refusal);
                assertForbidden(each.api().get("/api/todos/" + room), refusal);
                assertForbidden(each.api().post(todos, TODO), refusal);
                assertForbidden(each.api().put(todos + "/x", TODO), refusal);
                assertForbidden(each.api().delete(todos + "/x"), refusal);
                assertForbidden(each.api().post(todos + "/bulk", "{\"items\":[" + TODO + "]}"), refusal);
                assertForbidden(each.api().delete(todos + "/bulk", "{\"ids\":[\"x\"]}"), refusal);
                assertThat(each.refusedOn(room)).isEqualTo(403);
            }
        }
    }

    @Test
    @Tag("ACC1")
    @DisplayName("[ACC1] a removed role ends the user's sockets and REST access at once")
    void roleTakenAway() {
        try (BroadcastSocket socket = viewer.on(ROOM)) {
            socket.next();
            assertThat(admin.api().delete("/api/members/user").status()).isEqualTo(200);
            socket.closed();
        }
        assertForbidden(viewer.api().get(TODOS), "Forbidden: you have no role in this project");
        assertThat(viewer.refusedOn(ROOM)).isEqualTo(403);
        assertThat(viewer.api().get("/api/members/me").body()).isEqualTo("{\"name\":\"user\",\"role\":null}");

        give("user", "editor");
        assertThat(viewer.api().post(TODOS, TODO).status()).isEqualTo(200);
        try (BroadcastSocket socket = viewer.on(ROOM)) {
            assertThat(socket.next().type()).isEqualTo("sync-init");
        }
    }

    @Test
    @Tag("ACC1")
    @DisplayName("[ACC1] only admins see and give roles, and no user gives one to itself")
    void givingRoles() {
        for (SignedInUser each : List.of(editor, viewer)) {
            assertThat(each.api().get("/api/members").status()).isEqualTo(403);
            assertThat(each.api()
                            .sendNothing("PUT", "/api/members/" + each.user() + "/admin")
                            .status())
                    .isEqualTo(403);
            assertThat(each.api().delete("/api/members/admin").status()).isEqualTo(403);
        }
        assertThat(admin.api().delete("/api/members/admin").status()).isEqualTo(400);
        assertThat(admin.api().delete("/api/members/nobody").status()).isEqualTo(400);
        assertThat(admin.api().sendNothing("PUT", "/api/members/user/king").status())
                .isEqualTo(404);
        assertThat(admin.api().get("/api/members").body())
                .isEqualTo("{\"members\":[{\"name\":\"admin\",\"role\":\"admin\"},"
                        + "{\"name\":\"editor\",\"role\":\"editor\"},{\"name\":\"user\",\"role\":\"viewer\"}]}");
    }
}
