package dev.lockstep.system.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.server.Deadline;
import dev.lockstep.system.server.Server;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The behaviour that the original's front end of scoped-todos-app relies on. */
abstract class ScopedTodosContract {
    private static final String LISTS = "/api/default/lists";
    private static final String TODOS = "/api/default/scopedTodos";

    private final URI application;
    private final Api api;

    ScopedTodosContract(Server server) {
        application = server.application("scoped-todos-app");
        api = new Api(application);
    }

    @Test
    @Tag("COL1")
    @DisplayName("[COL1] lists and todos have the fields of the original, in its order")
    void fields() {
        JsonObject list = list("fields");
        JsonObject todo = todo(list, "first").row();

        assertThat(list.keySet()).containsExactly("id", "name", "color", "createdAt");
        assertThat(todo.keySet()).containsExactly("id", "scope", "title", "completed", "createdAt", "updatedAt");
        assertThat(todo.getString("scope")).isEqualTo(list.getString("id"));
        assertThat(todo.getBoolean("completed")).isFalse();
    }

    @Test
    @Tag("CFS10")
    @DisplayName("[CFS10] the health response names the collections in the order of their names")
    void health() {
        assertThat(api.get("/api/health").body()).endsWith("\"collections\":[\"lists\",\"scopedTodos\"]}");
    }

    @Test
    @Tag("COL16")
    @DisplayName("[COL16] each list has its own todos, newest first")
    void scopes() {
        JsonObject one = list("one");
        JsonObject other = list("other");
        todo(one, "a");
        todo(other, "b");
        todo(one, "c");

        assertThat(titles(one)).containsExactly("c", "a");
        assertThat(titles(other)).containsExactly("b");
    }

    @Test
    @Tag("MUT6")
    @Tag("COL3")
    @DisplayName("[MUT6][COL3] a todo needs an existing list; the answer is permanent, and contains no SQL")
    void needsItsList() {
        Answer without = api.post(TODOS, "{\"title\":\"lost\"}");
        Answer unknown = api.post(TODOS, "{\"title\":\"lost\",\"scope\":\"no-such-list\"}");

        assertThat(List.of(without.status(), unknown.status())).containsOnly(400);
        assertThat(without.message()).startsWith("scope: ");
        assertThat(unknown.message()).doesNotContainIgnoringCase("insert into").doesNotContain("no-such-list");
    }

    @Test
    @Tag("MUT14")
    @Tag("CC9")
    @DisplayName("[MUT14][CC9] deleting a list deletes its todos, and their frame carries their scope")
    void listTakesItsTodos() {
        JsonObject gone = list("gone");
        JsonObject kept = list("kept");
        List<String> todos = Stream.of("a", "b")
                .map(title -> todo(gone, title).row().getString("id"))
                .toList();
        todo(kept, "stays");
        try (BroadcastSocket socket = BroadcastSocket.on(application, "default")) {
            socket.next();

            assertThat(api.delete(LISTS + "/" + gone.getString("id")).status()).isEqualTo(200);

            Frame list = socket.next();
            Frame children = socket.next();
            assertThat(List.of(list.collection(), list.action())).containsExactly("lists", "delete");
            assertThat(List.of(children.collection(), children.action())).containsExactly("scopedTodos", "bulk-delete");
            assertThat(children.json().getString("scope")).isEqualTo(gone.getString("id"));
            assertThat(list.json().containsKey("scope")).isFalse();
            assertThat(children.json()
                            .getJsonObject("payload")
                            .getJsonArray("ids")
                            .getValuesAs(JsonString::getString))
                    .containsExactlyInAnyOrderElementsOf(todos);
        }
        assertThat(titles(gone)).isEmpty();
        assertThat(titles(kept)).containsExactly("stays");
    }

    @Test
    @Tag("COL17")
    @Tag("CC4")
    @DisplayName("[COL17][CC4] a PUT from another list leaves the row unchanged, alone and in a bulk, and answers "
            + "without it")
    void putElsewhere() {
        JsonObject here = list("here");
        JsonObject other = list("other");
        String id = todo(here, "stays").row().getString("id");
        String elsewhere = "?scope=" + other.getString("id");

        assertThat(api.put(TODOS + "/" + id + elsewhere, "{\"title\":\"lost\"}").body())
                .isEqualTo("{\"success\":true,\"data\":null}");
        assertThat(api.put(
                                TODOS + "/bulk" + elsewhere,
                                "{\"items\":[{\"id\":\"" + id + "\",\"data\":{\"title\":\"lost\"}}]}")
                        .body())
                .isEqualTo("{\"success\":true,\"data\":[]}");
        assertThat(api.put(
                                TODOS + "/bulk",
                                "{\"scope\":\"" + other.getString("id") + "\",\"items\":[{\"id\":\"" + id
                                        + "\",\"data\":{\"title\":\"lost\"}}]}")
                        .body())
                .isEqualTo("{\"success\":true,\"data\":[]}");
        assertThat(titles(here)).containsExactly("stays");
        assertThat(titles(other)).isEmpty();

        api.put(TODOS + "/" + id + "?scope=" + here.getString("id"), "{\"title\":\"changed\"}");
        assertThat(titles(here)).containsExactly("changed");
    }

    @Test
    @Tag("CFS33")
    @DisplayName("[CFS33] once a client since 0.25 has pinged, its frames carry the scopes of their rows, and lists of "
            + "several scopes are read again")
    void scopesOfRows() {
        JsonObject here = list("here");
        JsonObject there = list("there");
        String id = todo(here, "row").row().getString("id");
        String other = todo(there, "another").row().getString("id");
        try (BroadcastSocket older = BroadcastSocket.on(application, "default");
                BroadcastSocket newer = BroadcastSocket.on(application, "default")) {
            long before = counter(older.next());
            assertThat(counter(newer.next())).isEqualTo(before);
            newer.send("ping");
            assertThat(newer.next().text()).isEqualTo("pong");
            assertThat(counter(newer.next())).isEqualTo(before);

            api.put(TODOS + "/" + id, "{\"title\":\"changed\"}");
            assertThat(older.next().json().containsKey("scope")).isFalse();
            JsonObject update = newer.next().json();
            assertThat(update.getString("scope")).isEqualTo(here.getString("id"));
            assertThat(update.getJsonNumber("broadcastId").longValueExact()).isEqualTo(before + 1);

            api.delete(TODOS + "/bulk", "{\"ids\":[\"" + id + "\",\"" + other + "\"]}");
            assertThat(older.next().action()).isEqualTo("bulk-delete");
            assertThat(counter(newer.next())).isEqualTo(before + 2);
        }
        awaitOlder();
    }

    @Test
    @Tag("CFS23")
    @DisplayName("[CFS23] a repeat has the first result, also if its client is known to be one since 0.25 only by then")
    void repeatedAfterPing() {
        JsonObject here = list("here");
        String path = TODOS + "/" + todo(here, "row").row().getString("id");
        String before = update("changed", here, "before the ping");
        String after = update("changed again", here, "after the ping");
        Answer first = api.put(path, before);
        assertThat(first.status()).isEqualTo(200);
        Answer second;
        try (BroadcastSocket newer = BroadcastSocket.on(application, "default")) {
            newer.next();
            newer.send("ping");
            assertThat(newer.next().text()).isEqualTo("pong");

            assertThat(api.put(path, before).body()).isEqualTo(first.body());
            assertThat(api.put(path, before.replace("changed", "different")).status())
                    .isEqualTo(409);
            second = api.put(path, after);
        }
        awaitOlder();
        assertThat(api.put(path, after).body()).isEqualTo(second.body());
    }

    private static String update(String title, JsonObject list, String id) {
        return "{\"title\":\"" + title + "\",\"scope\":\"" + list.getString("id") + "\",\"_clientMutationId\":\"" + id
                + " " + list.getString("id") + "\"}";
    }

    /** Waits for the end of a socket that has pinged: until then, anonymous callers count as clients since 0.25 (CFS23). */
    private void awaitOlder() {
        Deadline.ofSeconds(10)
                .until(
                        "the socket has ended",
                        () -> api.put(TODOS + "/no-such-row", "{\"title\":\"x\"}")
                                        .status()
                                == 200);
    }

    /** The counter of todos in a {@code sync-init}. */
    private static long counter(Frame init) {
        assertThat(init.type()).isEqualTo("sync-init");
        return init.counter("scopedTodos");
    }

    private JsonObject list(String name) {
        return api.post(LISTS, "{\"name\":\"" + name + "\",\"color\":\"blue\"}").row();
    }

    private Answer todo(JsonObject list, String title) {
        return api.post(TODOS, "{\"title\":\"" + title + "\",\"scope\":\"" + list.getString("id") + "\"}");
    }

    private List<String> titles(JsonObject list) {
        return api.get(TODOS + "?scope=" + list.getString("id")).json().getJsonArray("scopedTodos").stream()
                .map(row -> row.asJsonObject().getString("title"))
                .toList();
    }
}
