package dev.lockstep.system.channels;

import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client of one channel, which works offline: it keeps its rows and its mutations, and sends these after it
 * has connected again. For one thread, which also handles the frames: {@link #handleArrived}.
 */
abstract class ChannelClient implements AutoCloseable {
    private final Place place;
    private @Nullable BroadcastSocket socket;

    ChannelClient(Place place) {
        this.place = place;
    }

    /**
     * A channel of an application.
     *
     * @param field the text of its rows
     * @param headers names and values in turn, of the handshake
     */
    record Place(URI application, String channel, String field, List<String> headers) {
        Place {
            headers = List.copyOf(headers);
        }
    }

    final String channel() {
        return place.channel();
    }

    /** The text of a row. */
    final String text(JsonObject row) {
        return row.getString(place.field());
    }

    /** A mutation: its data is empty for a delete. */
    record Mutation(String id, String action, String key, Optional<JsonObject> data) {
        static Mutation create(Place place, String key, String text) {
            JsonObject row = Json.createObjectBuilder()
                    .add("id", key)
                    .add(place.field(), text)
                    .build();
            return new Mutation(UUID.randomUUID().toString(), "create", key, Optional.of(row));
        }

        static Mutation update(Place place, String key, String text) {
            JsonObject fields =
                    Json.createObjectBuilder().add(place.field(), text).build();
            return new Mutation(UUID.randomUUID().toString(), "update", key, Optional.of(fields));
        }

        static Mutation delete(String key) {
            return new Mutation(UUID.randomUUID().toString(), "delete", key, Optional.empty());
        }

        JsonObjectBuilder message(String channel) {
            JsonObjectBuilder message = Json.createObjectBuilder()
                    .add("type", "mutate")
                    .add("id", id)
                    .add("channel", channel)
                    .add("action", action)
                    .add("key", key);
            data.ifPresent(members -> message.add("data", members));
            return message;
        }
    }

    /** Connects, subscribes and sends what waits. */
    final void connect() {
        socket = BroadcastSocket.at(
                place.application(), "/api/sync", place.headers().toArray(String[]::new));
        opened();
    }

    final boolean isConnected() {
        return socket != null;
    }

    /** Goes offline; frames that have not been handled are lost. */
    final void disconnect() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    @Override
    public final void close() {
        disconnect();
    }

    /** Handles the frames that have arrived, and connects again if the server has closed the socket. */
    final void handleArrived() {
        while (socket != null && socket.unread() > 0) {
            handle(socket.next());
        }
        if (socket != null && socket.isEnded()) {
            disconnect();
            connect();
        }
    }

    final void send(JsonObject message) {
        if (socket != null) {
            socket.send(message.toString());
        }
    }

    /** The socket is open. */
    abstract void opened();

    abstract void handle(Frame frame);

    /** Applies a mutation to the client's own rows, and sends it once the client is connected. */
    abstract void mutate(Mutation mutation);

    /** The texts of the rows that the client shows, by their keys. */
    abstract Map<String, String> texts();

    /** The ids of the mutations that the server has not answered. */
    abstract Set<String> waiting();

    /** Whether its subscription is answered. */
    abstract boolean isSubscribed();

    /** How many mutations were refused. */
    abstract int refused();
}
