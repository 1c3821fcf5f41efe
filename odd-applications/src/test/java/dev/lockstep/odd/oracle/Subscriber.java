package dev.lockstep.odd.oracle;

import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * A client of the native dialect that subscribes to a room from a position, and keeps its rows. For one thread at a
 * time.
 */
final class Subscriber implements AutoCloseable {
    private final BroadcastSocket socket;
    private final Rows rows;
    private final Map<String, Long> numbers = new HashMap<>();
    private long reached;

    /**
     * Opens a socket.
     *
     * @param cursor the position of the rows
     */
    Subscriber(URI application, String room, long cursor, Rows rows, String... headers) {
        this.socket = BroadcastSocket.at(
                application, "/parties/main/" + Requests.encoded(room) + "?scopes=all&cursor=" + cursor, headers);
        this.rows = new Rows(rows);
        this.reached = cursor;
        Frame first = socket.next();
        if (!first.type().equals("sync-init")) {
            throw new AssertionError("a socket with the cursor " + cursor + " received " + first.text());
        }
    }

    /** Applies frames until it has received this position. */
    Rows upTo(long seq) {
        while (reached < seq) {
            take(socket.next());
        }
        return rows;
    }

    private void take(Frame frame) {
        JsonObject json = frame.json();
        if (!frame.type().equals("broadcast")) {
            throw new AssertionError("a subscriber received " + frame.text());
        }
        long number = frame.broadcastId();
        Long before = numbers.put(frame.collection(), number);
        if (before != null && number != before + 1) {
            throw new AssertionError(
                    "after frame " + before + " of '" + frame.collection() + "' comes " + frame.text());
        }
        rows.apply(json);
        if (!json.getBoolean("more", false)) {
            reached = frame.seq();
        }
    }

    /** Frames that it has not applied yet. */
    int unread() {
        return socket.unread();
    }

    @Override
    public void close() {
        socket.close();
    }
}
