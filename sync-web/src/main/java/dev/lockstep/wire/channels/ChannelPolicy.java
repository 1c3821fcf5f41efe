package dev.lockstep.wire.channels;

import dev.lockstep.wire.socket.ConnectionPolicy;

/** Close codes and limits of one connection. They depend on the generation of its client, which the first message tells. */
final class ChannelPolicy implements ConnectionPolicy {
    /**
     * Most answers that wait for a connection: those of the mutations that a client sends at once after it was offline. One
     * more closes it.
     */
    static final int CHANNEL_RESPONSES_MAX = 4096;

    /** The close code of clients since 2.0 for an identity that has ended. */
    static final int CLOSED_SIGN_IN = 4001;

    /** Message too big; the contract's code for too many messages, too. */
    static final int CLOSED_TOO_BIG = 1009;

    /** Try again later: a message could not be executed now, and the client sends it again. */
    static final int CLOSED_TRY_AGAIN = 1013;

    private volatile boolean isVersioned;

    /** The client is one since 2.0. */
    void setVersioned() {
        isVersioned = true;
    }

    @Override
    public int responsesMax() {
        return CHANNEL_RESPONSES_MAX;
    }

    @Override
    public Close flooding() {
        return new Close(CLOSED_TOO_BIG, "too many messages wait; reconnect");
    }

    @Override
    public Close identityEnded() {
        return new Close(isVersioned ? CLOSED_SIGN_IN : CLOSED_REFUSED, "Unauthorized");
    }
}
