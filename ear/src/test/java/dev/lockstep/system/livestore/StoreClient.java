package dev.lockstep.system.livestore;

import dev.lockstep.system.client.Api;
import dev.lockstep.system.client.BroadcastSocket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A client of the wire protocol, over either transport. It waits for the answer to each request. */
public final class StoreClient implements AutoCloseable {
    /** The transports, as the address names them. */
    public enum Transport {
        WS,
        HTTP;

        private String parameter() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Transport transport;
    private final String store;
    private final String path;
    private final Api api;
    private final Optional<BroadcastSocket> socket;
    private int requests;

    /**
     * Connects a client; over a socket, its handshake must succeed.
     *
     * @param payload of the address, as JSON; empty for none
     * @param headers names and values in turn
     */
    public StoreClient(Transport transport, URI application, String store, String payload, String... headers) {
        this.transport = transport;
        this.store = store;
        path = path(transport, store, payload);
        api = headers.length == 0 ? new Api(application) : new Api(application).with(headers);
        socket = transport == Transport.WS
                ? Optional.of(BroadcastSocket.at(application, path, headers))
                : Optional.empty();
    }

    /** The path and the query of a store. */
    static String path(Transport transport, String store, String payload) {
        String encoded = encoded(encoded(payload).replace("+", "%20"));
        return "/sync?storeId=" + encoded(store) + (payload.isEmpty() ? "" : "&payload=" + encoded) + "&transport="
                + transport.parameter();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The status of the refusal of a client, at its handshake or of its request. */
    static int refusal(Transport transport, URI application, String store, String payload, String... headers) {
        String path = path(transport, store, payload);
        if (transport == Transport.WS) {
            return BroadcastSocket.refused(application, path, headers).statusCode();
        }
        try (StoreClient client = new StoreClient(transport, application, store, payload, headers)) {
            return client.post("Ping", "").statusCode();
        }
    }

    /** The exit of a push of one event without arguments on the head of the store. */
    JsonObject push(long parent, String name) {
        return push(parent, name, "{}");
    }

    /**
     * The exit of a push of one event on the head of the store.
     *
     * @param args the event's arguments, as JSON
     */
    public JsonObject push(long parent, String name, String args) {
        return ask(
                        "Push",
                        ",\"batch\":[{\"name\":\"" + name + "\",\"args\":" + args + ",\"seqNum\":" + (parent + 1)
                                + ",\"parentSeqNum\":" + parent
                                + ",\"clientId\":\"c\",\"sessionId\":\"s\"}],\"backendId\":{\"_tag\":\"None\"}")
                .getLast()
                .getJsonObject("exit");
    }

    /** All messages that answer a pull from the beginning. */
    List<JsonObject> pull() {
        return ask("Pull", ",\"live\":false,\"cursor\":{\"_tag\":\"None\"}");
    }

    /** All events of the store, as on the wire. */
    public List<JsonObject> events() {
        return pull().stream()
                .filter(message -> message.getString("_tag").equals("Chunk"))
                .flatMap(chunk -> chunk.getJsonArray("values").getValuesAs(JsonObject.class).stream())
                .flatMap(page -> page.getJsonArray("batch").getValuesAs(JsonObject.class).stream())
                .map(event -> event.getJsonObject("eventEncoded"))
                .toList();
    }

    /** The names of all events of the store. */
    List<String> names() {
        return events().stream().map(event -> event.getString("name")).toList();
    }

    /** Sends a pull whose answer is the end of the socket. */
    BroadcastSocket.Closed closedByPull() {
        BroadcastSocket open = socket.orElseThrow();
        open.send(request("Pull", ",\"live\":true,\"cursor\":{\"_tag\":\"None\"}"));
        return open.closed();
    }

    private List<JsonObject> ask(String tag, String payload) {
        if (transport == Transport.HTTP) {
            HttpResponse<byte[]> response = post(tag, payload);
            String body = new String(response.body(), StandardCharsets.UTF_8);
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + ": " + body);
            }
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readArray().getValuesAs(JsonObject.class);
            }
        }
        BroadcastSocket open = socket.orElseThrow();
        open.send(request(tag, payload));
        List<JsonObject> messages = new ArrayList<>();
        do {
            messages.add(open.next().json());
            if (messages.getLast().getString("_tag").equals("Chunk")) {
                open.send("{\"_tag\":\"Ack\",\"requestId\":\""
                        + messages.getLast().getString("requestId") + "\"}");
            }
        } while (messages.getLast().getString("_tag").equals("Chunk"));
        return messages;
    }

    /** One request by HTTP. */
    HttpResponse<byte[]> post(String tag, String payload) {
        return api.exchangeJson("POST", path, request(tag, payload));
    }

    private String request(String tag, String payload) {
        return "{\"_tag\":\"Request\",\"id\":\"" + requests++ + "\",\"tag\":\"Sync"
                + (transport == Transport.WS ? "Ws" : "Http") + "Rpc." + tag + "\",\"payload\":{\"storeId\":\"" + store
                + "\"" + payload + "},\"headers\":[]}";
    }

    @Override
    public void close() {
        socket.ifPresent(BroadcastSocket::close);
    }
}
