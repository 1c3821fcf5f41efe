package dev.lockstep.wire.livestore.pull;

import dev.lockstep.access.StoreReader;

/** An open pull of a socket. Thread-safe. */
public interface StorePull {
    /** Begins to send. Called once, by a request of the connection. */
    void begin();

    /** The client has processed a chunk. Never blocks. */
    void acknowledged();

    /** Sends nothing more. Called by a request of the connection. */
    void end();

    /** The caller's rights were checked again. */
    void updateRights(StoreReader granted);
}
