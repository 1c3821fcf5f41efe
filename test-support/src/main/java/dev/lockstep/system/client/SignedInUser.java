package dev.lockstep.system.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A user who has signed in by a password in a browser, which sends it, and the page's origin, with every request. */
public record SignedInUser(URI application, String user, String password) {
    /** One of the examples' users. */
    public SignedInUser(URI application, String user) {
        this(application, user, "password");
    }

    /** The browser's headers, names and values in turn. */
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
