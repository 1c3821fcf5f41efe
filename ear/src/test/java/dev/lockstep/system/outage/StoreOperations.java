package dev.lockstep.system.outage;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.outage.Operation.Attempt;
import dev.lockstep.system.server.PostgresqlDatabase;
import dev.lockstep.system.server.Server;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The requests of LiveStore's dialect, over both transports. */
final class StoreOperations {
    private final PostgresqlDatabase database;
    private final URI application;

    StoreOperations(Server server, PostgresqlDatabase database) {
        this.database = database;
        application = server.application("livestore-notes");
    }

    List<Operation> all() {
        return List.of(
                Named.of("LiveStore: push over HTTP", this::push),
                Named.of("LiveStore: pull over HTTP", this::pull),
                Named.of("LiveStore: pull over a socket", this::pullOverSocket));
    }

    private static String path(String store, String transport) {
        return "/sync?storeId=" + store + "&transport=" + transport;
    }

    private static String request(String tag, String store, String payload) {
        return "{\"_tag\":\"Request\",\"id\":\"0\",\"tag\":\"" + tag + "\",\"payload\":{\"storeId\":\"" + store + "\","
                + payload + "},\"headers\":[]}";
    }

    private static String event(String store) {
        return request(
                "SyncHttpRpc.Push",
                store,
                "\"batch\":[{\"name\":\"v1.NoteCreated\",\"args\":{\"id\":\"n\",\"text\":\"x\"},\"seqNum\":1,"
                        + "\"parentSeqNum\":0,\"clientId\":\"c\",\"sessionId\":\"s\"}],"
                        + "\"backendId\":{\"_tag\":\"None\"}");
    }

    private Reply post(String store, String json) {
        Reply reply = Reply.of(new Api(application).exchangeJson("POST", path(store, "http"), json));
        return reply.isDone() && reply.text().contains("UnknownError") ? Reply.refused(reply.text()) : reply;
    }

    /** A repeat finds the store ahead of its parent, which tells the client that the event is there. */
    private Attempt push() {
        String store = UUID.randomUUID().toString();
        return new Mutating(
                database,
                () -> post(store, event(store)),
                1,
                "select count(*) from lockstep_event e join lockstep_store s on s.incarnation = e.incarnation"
                        + " where s.room like '%" + store + "%'",
                "");
    }

    private static String pulled(String tag, String store, boolean live) {
        return request(tag, store, "\"live\":" + live + ",\"cursor\":{\"_tag\":\"None\"}");
    }

    private Attempt pull() {
        String store = UUID.randomUUID().toString();
        post(store, event(store));
        return () -> {
            Reply reply = post(store, pulled("SyncHttpRpc.Pull", store, false));
            if (reply.isDone() && !reply.text().contains("v1.NoteCreated")) {
                throw new AssertionError("the event is missing: " + reply.text());
            }
            return reply;
        };
    }

    private Attempt pullOverSocket() {
        String store = UUID.randomUUID().toString();
        post(store, event(store));
        return () -> {
            Opened opened = Opened.at(application, path(store, "ws"));
            if (opened.refusal().isPresent()) {
                return opened.refusal().get();
            }
            try (BroadcastSocket socket = opened.socket()) {
                socket.send(pulled("SyncWsRpc.Pull", store, true));
                Optional<Frame> next = Opened.nextOrEnd(socket);
                if (next.isEmpty()) {
                    return Reply.refused(socket, 1011, 1012);
                }
                if (!next.get().text().contains("v1.NoteCreated")) {
                    throw new AssertionError(
                            "the event is missing: " + next.get().text());
                }
                return Reply.done(next.get());
            }
        };
    }
}
