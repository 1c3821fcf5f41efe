package dev.lockstep.system.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.client.StrataUser;
import dev.lockstep.system.outage.Operation.Attempt;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The requests and sockets of Strata's dialect. */
final class StrataOperations {
    private static final String GROUP = "ws-1";

    private final PostgresqlDatabase database;
    private final URI application;
    private final StrataUser alice;
    private final Api api;

    StrataOperations(Server server, PostgresqlDatabase database) {
        this.database = database;
        application = server.application("strata-tasks");
        alice = new StrataUser(application, "alice-token");
        api = alice.api();
    }

    List<Operation> all() {
        return List.of(
                Named.of("Strata: bootstrap", this::bootstrap),
                reading(
                        "Strata: partial rows",
                        "POST",
                        "/sync/batch",
                        "{\"requests\":[{\"modelName\":\"Task\",\"groupId\":\"ws-1\"}]}"),
                reading("Strata: ticket", "POST", "/api/ticket", ""),
                Named.of("Strata: deltas", this::deltas),
                mutation("INSERT"),
                mutation("UPDATE"),
                mutation("ARCHIVE"),
                mutation("DELETE"),
                membership("POST", "1"),
                membership("DELETE", "0"),
                Named.of("Strata: socket with a cursor", this::subscription));
    }

    private Operation reading(String name, String method, String path, String json) {
        return Named.of(
                name,
                () -> () ->
                        Reply.of(json.isEmpty() ? api.exchange(method, path) : api.exchangeJson(method, path, json)));
    }

    private static String any() {
        return UUID.randomUUID().toString();
    }

    /** A bootstrap has its end, or an error that its client understands. */
    private Attempt bootstrap() {
        return () -> {
            Reply reply = Reply.of(api.exchange("GET", "/sync/bootstrap"));
            String last = reply.text().lines().reduce("", (before, line) -> line);
            if (reply.isDone() && !last.contains("\"type\":\"end\"")) {
                assertThat(last).contains("\"error\"");
                return Reply.refused(last);
            }
            return reply;
        };
    }

    private Attempt deltas() {
        String row = any();
        long before = Long.parseLong(alice.insert(row, GROUP)) - 1;
        return () -> {
            Reply reply = Reply.of(api.exchange("GET", "/sync/deltas?after=" + before));
            assertThat(!reply.isDone() || reply.text().contains(row))
                    .as(reply.text())
                    .isTrue();
            return reply;
        };
    }

    private Operation mutation(String action) {
        return Named.of("Strata: " + action, () -> {
            String row = any();
            String mutation = any();
            boolean inserts = action.equals("INSERT");
            String before = inserts ? "0" : alice.insert(row, GROUP);
            String payload = switch (action) {
                case "INSERT" -> "{\"title\":\"" + mutation + "\",\"workspaceId\":\"ws-1\"}";
                case "UPDATE" -> "{\"title\":\"" + mutation + "\"}";
                case "ARCHIVE" -> "{\"archivedAt\":1764410400000}";
                default -> "{}";
            };
            String json = "{\"batchId\":\"b\",\"transactions\":[{\"action\":\"" + action
                    + "\",\"clientId\":\"c\",\"clientTxId\":\"" + mutation + "\",\"modelId\":\"" + row
                    + "\",\"modelName\":\"Task\",\"payload\":" + payload + "}]}";
            String rows = "select count(*) from strata_tasks_tasks where id = '" + row + "'";
            String stored = switch (action) {
                case "INSERT", "UPDATE" -> rows + " and title = '" + mutation + "'";
                case "ARCHIVE" -> rows + " and archived_at is not null";
                default -> "select 1 - count(*) from strata_tasks_tasks where id = '" + row + "'";
            };
            return new Followed(
                    new Mutating(
                            database,
                            () -> mutated(json),
                            1,
                            "select count(*) from lockstep_action where mutation_id = '" + mutation + "'",
                            stored),
                    inserts ? "" : before,
                    mutation);
        });
    }

    private Reply mutated(String json) {
        Reply reply = Reply.of(api.exchangeJson("POST", "/sync/mutate", json));
        assertThat(!reply.isDone() || reply.text().contains("\"success\":true"))
                .as(reply.text())
                .isTrue();
        return reply;
    }

    /** A mutation that a client which comes back with its cursor receives once. */
    private final class Followed implements Attempt {
        private final Mutating mutating;
        private final String cursor;
        private final String mutation;

        Followed(Mutating mutating, String before, String mutation) {
            this.mutating = mutating;
            this.cursor = before.isEmpty() ? alice.insert(any(), GROUP) : before;
            this.mutation = mutation;
        }

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
            try (BroadcastSocket socket = alice.open()) {
                socket.send(alice.subscription(cursor, GROUP));
                long found = StrataUser.untilSubscribed(socket).stream()
                        .filter(action -> action.toString().contains(mutation))
                        .count();
                assertThat(found).as("actions that the client receives").isEqualTo(1);
            }
        }
    }

    private Operation membership(String method, String expected) {
        return Named.of("Strata: membership, " + method, () -> {
            String group = "outage-" + any();
            String path = "/members/bob/" + group;
            if (method.equals("DELETE")) {
                alice.join("bob", group);
            }
            return new Attempt() {
                @Override
                public Reply send() {
                    return Reply.of(api.exchange(method, path));
                }

                @Override
                public void checkRepeated(Reply first, Reply second) throws Exception {
                    assertThat(database.query(
                                    "select count(*) from lockstep_membership where group_name = '" + group + "'"))
                            .isEqualTo(expected);
                }
            };
        });
    }

    /** A socket that misses one insert. */
    private Attempt subscription() {
        String cursor = alice.insert(any(), GROUP);
        String row = any();
        alice.insert(row, GROUP);
        return () -> {
            Opened opened = Opened.at(application, "/sync/ws?token=alice-token");
            if (opened.refusal().isPresent()) {
                return opened.refusal().get();
            }
            boolean missed = false;
            try (BroadcastSocket socket = opened.socket()) {
                socket.send(alice.subscription(cursor, GROUP));
                while (true) {
                    Optional<Frame> next = Opened.nextOrEnd(socket);
                    if (next.isEmpty()) {
                        return Reply.refused(socket, 1011, 1012);
                    }
                    switch (next.get().type()) {
                        case "delta" -> missed |= next.get().text().contains(row);
                        case "subscribed" -> {
                            assertThat(missed)
                                    .as("the missed action before the confirmation")
                                    .isTrue();
                            return Reply.done(next.get());
                        }
                        default -> Reply.refused(next.get().text());
                    }
                }
            }
        };
    }
}
