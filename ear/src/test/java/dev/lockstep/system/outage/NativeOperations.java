package dev.lockstep.system.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Answer;
import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.client.SignedInUser;
import dev.lockstep.system.outage.Operation.Attempt;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The requests and sockets of the native dialect. */
final class NativeOperations {
    private static final String TODOS = "/api/default/todos";
    private static final String BULK = TODOS + "/bulk";
    private static final int MANY = 3;

    private final PostgresqlDatabase database;
    private final URI application;
    private final Api todos;
    private final Api bulk;
    private final SignedInUser admin;

    NativeOperations(Server server, PostgresqlDatabase database) {
        this.database = database;
        application = server.application("todo-app");
        todos = new Api(application);
        bulk = new Api(server.application("bulk-todo"));
        admin = new SignedInUser(server.application("auth-todo-app"), "admin");
    }

    List<Operation> all() {
        return List.of(
                reading("list", todos, "GET", TODOS, ""),
                reading("page", todos, "GET", TODOS + "?limit=1", ""),
                Named.of("changes since a cursor", this::changes),
                reading("list of an own endpoint", admin.api(), "GET", "/api/admin/todos", ""),
                reading("ticket", admin.api(), "POST", "/api/ticket", ""),
                Named.of("insert", this::insert),
                Named.of("update", this::update),
                Named.of("delete", this::delete),
                Named.of("bulk insert", this::bulkInsert),
                Named.of("bulk update", this::bulkUpdate),
                Named.of("bulk delete", this::bulkDelete),
                Named.of("mutation of an own endpoint", this::completeAll),
                Named.of("socket with a ticket", this::socketWithTicket),
                Named.of("socket with a cursor", this::socketWithCursor));
    }

    private static Operation reading(String name, Api api, String method, String path, String json) {
        return Named.of(name, () -> () -> Reply.of(send(api, method, path, json)));
    }

    private static HttpResponse<byte[]> send(Api api, String method, String path, String json) {
        return json.isEmpty() ? api.exchange(method, path) : api.exchangeJson(method, path, json);
    }

    private Attempt changes() {
        String path = TODOS + "?cursor=" + seq();
        return () -> Reply.of(send(todos, "GET", path, ""));
    }

    private static String any() {
        return UUID.randomUUID().toString();
    }

    private static String member(String mutation) {
        return ",\"_clientMutationId\":\"" + mutation + "\"";
    }

    /** A change of one todo, which an open socket receives once. */
    private Attempt single(String method, String path, String json, String mutation, String stored) {
        BroadcastSocket socket = BroadcastSocket.on(application, "default");
        return new Heard(
                new Mutating(database, () -> Reply.of(send(todos, method, path, json)), 1, logged(mutation), stored),
                socket,
                socket.next().counter("todos"),
                mutation);
    }

    private static String logged(String mutation) {
        return "select count(*) from lockstep_action where mutation_id = '" + mutation + "'";
    }

    private static String insertOne(Api api, String title) {
        Answer answer = api.post(TODOS, "{\"title\":\"" + title + "\"}");
        return answer.row().getString("id");
    }

    private Attempt insert() {
        String mutation = any();
        return single(
                "POST",
                TODOS,
                "{\"title\":\"" + mutation + "\"" + member(mutation) + "}",
                mutation,
                "select count(*) from todo_app_todos where title = '" + mutation + "'");
    }

    private Attempt update() {
        String mutation = any();
        String row = insertOne(todos, "before");
        return single(
                "PUT",
                TODOS + "/" + row,
                "{\"title\":\"" + mutation + "\"" + member(mutation) + "}",
                mutation,
                "select count(*) from todo_app_todos where title = '" + mutation + "'");
    }

    private Attempt delete() {
        String mutation = any();
        String row = insertOne(todos, "to delete");
        return single(
                "DELETE",
                TODOS + "/" + row + "?_clientMutationId=" + mutation,
                "",
                mutation,
                "select count(*) from todo_app_todos where deleted_at is not null and id = '" + row + "'");
    }

    private Attempt many(String method, String json, String mutation, String stored) {
        return new Mutating(database, () -> Reply.of(send(bulk, method, BULK, json)), MANY, logged(mutation), stored);
    }

    private Attempt bulkInsert() {
        String mutation = any();
        String items = IntStream.range(0, MANY)
                .mapToObj(i -> "{\"title\":\"" + mutation + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        return many(
                "POST",
                "{\"items\":" + items + member(mutation) + "}",
                mutation,
                "select count(*) from bulk_todo_todos where title = '" + mutation + "'");
    }

    private List<String> rows() {
        return IntStream.range(0, MANY).mapToObj(i -> insertOne(bulk, "row")).toList();
    }

    private Attempt bulkUpdate() {
        String mutation = any();
        String items = rows().stream()
                .map(row -> "{\"id\":\"" + row + "\",\"data\":{\"title\":\"" + mutation + "\"}}")
                .collect(Collectors.joining(",", "[", "]"));
        return many(
                "PUT",
                "{\"items\":" + items + member(mutation) + "}",
                mutation,
                "select count(*) from bulk_todo_todos where title = '" + mutation + "'");
    }

    private Attempt bulkDelete() {
        String mutation = any();
        List<String> rows = rows();
        String quoted = rows.stream().map(row -> "\"" + row + "\"").collect(Collectors.joining(","));
        return many(
                "DELETE",
                "{\"ids\":[" + quoted + "]" + member(mutation) + "}",
                mutation,
                "select " + MANY + " - count(*) from bulk_todo_todos where id in ('" + String.join("','", rows) + "')");
    }

    /** It has no mutation id: a repeat changes the same rows again. */
    private Attempt completeAll() {
        String row = insertOne(todos, "to complete");
        return new Mutating(
                database,
                () -> Reply.of(todos.exchange("POST", "/api/complete-all")),
                1,
                "select count(distinct entity_id) from lockstep_action where kind = 'U' and entity_id = '" + row + "'",
                "select count(*) from todo_app_todos where completed and id = '" + row + "'");
    }

    private Attempt socketWithTicket() {
        String ticket = admin.api().send("POST", "/api/ticket", "").json().getString("ticket");
        boolean[] used = new boolean[1];
        return () -> {
            String current = used[0]
                    ? admin.api()
                            .send("POST", "/api/ticket", "")
                            .json()
                            .getString("ticket") // the first one may be spent
                    : ticket;
            used[0] = true;
            return greeted(admin.application(), "/parties/todos/admin?ticket=" + current, "sync-init");
        };
    }

    private String seq() {
        return todos.exchange("GET", TODOS).headers().firstValue("lockstep-seq").orElseThrow();
    }

    /** A socket that misses one insert. */
    private Attempt socketWithCursor() {
        String cursor = seq();
        String title = any();
        insertOne(todos, title);
        return () -> greeted(application, "/parties/main/default?cursor=" + cursor, title);
    }

    /** Opens a socket, and waits for a frame with this text. */
    private static Reply greeted(URI application, String path, String text) {
        Opened opened = Opened.at(application, path);
        if (opened.refusal().isPresent()) {
            return opened.refusal().get();
        }
        try (BroadcastSocket socket = opened.socket()) {
            while (true) {
                var next = Opened.nextOrEnd(socket);
                if (next.isEmpty()) {
                    return Reply.refused(socket, 1011, 1012, 1013);
                }
                if (next.get().text().contains(text)) {
                    return Reply.done(next.get());
                }
            }
        }
    }

    /** A mutation whose frame an open socket receives once, in the end. */
    private record Heard(Mutating mutating, BroadcastSocket socket, long counter, String mutation) implements Attempt {
        @Override
        public Reply send() throws Exception {
            return mutating.send();
        }

        @Override
        public void check(Reply first) throws Exception {
            mutating.check(first);
        }

        @Override
        public void checkRepeated(Reply first, Reply second) throws Exception {
            mutating.checkRepeated(first, second);
            long number = counter;
            boolean heard = false;
            while (!heard) {
                Frame frame = socket.next();
                assertThat(frame.broadcastId()).as("number of the frame").isEqualTo(++number);
                heard = frame.json().getString("clientMutationId", "").equals(mutation);
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
