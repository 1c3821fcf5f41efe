package dev.lockstep.wire;

import java.util.function.Consumer;

/** How frames leave on one socket. Never two sends at a time; the caller waits for {@code done} in between. */
interface SocketWriter {
    /** Sends a frame without blocking; {@code done} hears whether it left, on any thread, perhaps before this returns. */
    void send(Frame frame, Consumer<Boolean> done);

    /** Closes the socket. May block. */
    void close(int code, String reason);
}
