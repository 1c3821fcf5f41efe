package dev.lockstep.system.client;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client that mirrors a collection as the native client does: it lists once it has joined, and then applies frame
 * after frame. A frame whose number is not the next one fails the test. Understands inserts only.
 */
public final class Replica implements AutoCloseable {
    private final URI application;
    private final String room;
    private final String collection;
    private final Map<String, JsonObject> rows = new LinkedHashMap<>();
    private @Nullable BroadcastSocket socket;
    private long reached;

    public Replica(URI application, String room, String collection) {
        this.application = application;
        this.room = room;
        this.collection = collection;
    }

    /** Starts anew: joins, then reads the list. */
    public Replica join() {
        close();
        BroadcastSocket joined = BroadcastSocket.on(application, room);
        socket = joined;
        reached = joined.next().counter(collection);
        rows.clear();
        new Api(application)
                .get("/api/" + room + "/" + collection)
                .json()
                .getJsonArray(collection)
                .getValuesAs(JsonObject.class)
                .forEach(this::put);
        return this;
    }

    /** Applies every frame that came before the server ended the connection. */
    public void applyUntilEnd() {
        socket().awaitEnd();
        while (socket().unread() > 0) {
            apply(socket().next());
        }
    }

    /** Applies frames up to a number, which must come soon. */
    public void applyUpTo(long number) {
        while (reached < number) {
            apply(socket().next());
        }
    }

    private void apply(Frame frame) {
        if (!frame.collection().equals(collection)) {
            return;
        }
        if (frame.broadcastId() != reached + 1) {
            throw new AssertionError("after frame " + reached + " came " + frame.broadcastId());
        }
        reached++;
        JsonValue payload = frame.json().getValue("/payload");
        if (payload instanceof JsonArray many) {
            many.getValuesAs(JsonObject.class).forEach(this::put);
        } else {
            put(payload.asJsonObject());
        }
    }

    private void put(JsonObject row) {
        rows.put(row.getString("id"), row);
    }

    /** The number of the last frame. */
    public long reached() {
        return reached;
    }

    public Collection<JsonObject> rows() {
        return rows.values();
    }

    /** The titles of all rows that begin with a prefix. */
    public List<String> titles(String mark) {
        return rows().stream()
                .map(row -> row.getString("title"))
                .filter(title -> title.startsWith(mark))
                .toList();
    }

    private BroadcastSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("it has not joined");
        }
        return socket;
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
