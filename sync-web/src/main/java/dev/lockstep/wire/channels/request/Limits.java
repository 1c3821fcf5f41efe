package dev.lockstep.wire.channels.request;

/** The limits of the contract (generation C, "Limits both ways"). Clients drop frames beyond them. */
public final class Limits {
    /** Longest frame, in bytes of UTF-8. */
    public static final int FRAME_BYTES_MAX = 256 * 1024;

    /** Longest id of a mutation, request, row or view, in characters. */
    public static final int ID_CHARACTERS_MAX = 128;

    /** Longest name of a channel, in characters. */
    public static final int CHANNEL_CHARACTERS_MAX = 256;

    /** Most subscriptions in one message, and of one connection. */
    public static final int SUBSCRIPTIONS_MAX = 64;

    /** Most rows, and most events, of one snapshot. */
    public static final int ROWS_MAX = 10_000;

    private Limits() {}
}
