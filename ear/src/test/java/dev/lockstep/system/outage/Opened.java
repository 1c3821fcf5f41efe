package dev.lockstep.system.outage;

import dev.lockstep.system.client.BroadcastSocket;
import dev.lockstep.system.client.Frame;
import dev.lockstep.system.server.Deadline;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** A socket, or the refusal of its handshake. */
record Opened(Optional<BroadcastSocket> accepted, Optional<Reply> refusal) {
    private static final int FRAME_SECONDS_MAX = 15;

    static Opened at(URI application, String path, String... headers) {
        try {
            return new Opened(Optional.of(BroadcastSocket.at(application, path, headers)), Optional.empty());
        } catch (AssertionError refused) {
            String response = String.valueOf(refused.getMessage());
            if (response.contains("HTTP/1.1 503 ")
                    && response.toLowerCase(Locale.ROOT).contains("retry-after")) {
                return new Opened(Optional.empty(), Optional.of(Reply.refused(response)));
            }
            throw refused;
        }
    }

    BroadcastSocket socket() {
        return accepted.orElseThrow();
    }

    /** The next frame; empty at the end of the socket. */
    static Optional<Frame> nextOrEnd(BroadcastSocket socket) {
        Deadline.ofSeconds(FRAME_SECONDS_MAX)
                .until("a frame, or the end of the socket", () -> socket.unread() > 0 || socket.isEnded());
        return socket.unread() > 0 ? Optional.of(socket.next()) : Optional.empty();
    }
}
