package dev.lockstep.wire.socket;

import java.util.List;
import java.util.function.Consumer;

/** How frames leave on one socket. Never two sends at a time; the caller waits for {@code done} in between. */
public interface SocketWriter {
    /**
     * Has a session take its turn to send, when and where that costs least: at once, or soon on the thread that writes. Not
     * called again before the turn was taken.
     */
    void write(Runnable turn);

    /** A turn that waits is taken at once: somebody waits for an answer. */
    void flushNow();

    /**
     * Sends frames in their order without blocking.
     *
     * @param frames at least one
     * @param done hears whether all have left, on any thread, perhaps before this returns
     */
    void send(List<Frame> frames, Consumer<Boolean> done);

    /** Sends a ping without blocking; between two sends, as if it were one. */
    void ping(Consumer<Boolean> done);

    /** Closes the socket. May block. */
    void close(int code, String reason);
}
