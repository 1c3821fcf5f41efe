package dev.lockstep.system.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user whom a browser has signed in by a password: it sends that, and where its pages come from, with everything. */
public record SignedIn(URI application, String user, String password) {
    /** One of the examples' users. */
    public SignedIn(URI application, String user) {
        this(application, user, "password");
    }

    /** What their browser sends, names and values in turn. */
    public String[] headers() {
        String text = user + ":" + password;
        return new String[] {
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)),
            "Origin", application.getScheme() + "://" + application.getAuthority()
        };
    }

    public Api api() {
        return new Api(application).with(headers());
    }

    /** The status with which the handshake of a socket on a room is refused. */
    public int refusedOn(String room) {
        return BroadcastSocket.refused(application, "/parties/todos/" + room, headers())
                .statusCode();
    }

    /** Opens a socket on a room; its name comes encoded. */
    public BroadcastSocket on(String room) {
        return BroadcastSocket.at(application, "/parties/todos/" + room, headers());
    }
}
