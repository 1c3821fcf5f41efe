package dev.lockstep.wire.socket;

import jakarta.websocket.Session;
import java.util.List;
import java.util.function.Consumer;

/** Sends frames on one socket. The caller waits for {@code done} between two sends. */
public interface SocketWriter {
    /**
     * Runs a write of a session when and where that costs least: at once, or soon on the thread that writes. Not called again
     * before the write has begun.
     */
    void write(Runnable write);

    /** Begins a delayed write at once, because a client waits for a response. */
    void flushNow();

    /**
     * Sends frames in their order without blocking.
     *
     * @param frames at least one
     * @param done receives whether all have left, on any thread, perhaps before this returns
     */
    void send(List<Frame> frames, Consumer<Boolean> done);

    /** Sends a ping without blocking; between two sends, as if it were one. */
    void ping(Consumer<Boolean> done);

    /** Closes the socket. May block. */
    void close(int code, String reason);

    /** Chooses the writers of sockets. */
    interface Factory {
        SocketWriter of(Session socket);
    }
}
