package dev.lockstep.system.outage;

import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.outage.Operation.Attempt;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The messages of channels, for clients 1.x and clients since 2.0. */
final class ChannelOperations {
    private static final String SUBSCRIBE =
            "{\"v\":1,\"type\":\"subscribe\",\"requestId\":\"s\",\"channel\":\"todos\",\"forceFull\":true}";
    private static final String SUBSCRIBE_OLDER = "{\"type\":\"subscribe\",\"channel\":\"todos\"}";

    private final PostgresqlDatabase database;
    private final URI application;

    ChannelOperations(Server server, PostgresqlDatabase database) {
        this.database = database;
        application = server.application("svelte-todos");
    }

    List<Operation> all() {
        return List.of(
                Named.of("channels: subscribe, 1.x", () -> () -> answer(SUBSCRIBE_OLDER, "\"todos\"")),
                Named.of("channels: subscribe", () -> () -> answer(SUBSCRIBE, "\"mode\":\"full\"")),
                Named.of("channels: mutate, 1.x", () -> mutation("")),
                Named.of("channels: mutate", () -> mutation("\"v\":1,")));
    }

    private Attempt mutation(String version) {
        String row = UUID.randomUUID().toString();
        String message = "{" + version + "\"type\":\"mutate\",\"id\":\"m-" + row
                + "\",\"channel\":\"todos\",\"action\":\"create\",\"key\":\"" + row + "\",\"data\":{\"id\":\"" + row
                + "\",\"title\":\"t\",\"completed\":false}}";
        return new Mutating(
                database,
                () -> answer(message, "\"ack\""),
                1,
                "select count(*) from lockstep_action where entity_id = '" + row + "'",
                "select count(*) from svelte_todos_todos where id = '" + row + "'");
    }

    /** Opens a socket, sends a message, and waits for a frame with this text or for the end of the socket. */
    private Reply answer(String message, String expected) {
        Opened opened = Opened.at(application, "/api/sync");
        if (opened.refusal().isPresent()) {
            return opened.refusal().get();
        }
        try (BroadcastSocket socket = opened.socket()) {
            socket.send(message);
            while (true) {
                Optional<Frame> next = Opened.nextOrEnd(socket);
                if (next.isEmpty()) {
                    return Reply.refused(socket, 1011, 1012, 1013);
                }
                if (next.get().text().contains(expected)) {
                    return Reply.done(next.get());
                }
                if (next.get().text().contains("reject")) {
                    throw new AssertionError("a final refusal: " + next.get().text());
                }
            }
        }
    }
}
