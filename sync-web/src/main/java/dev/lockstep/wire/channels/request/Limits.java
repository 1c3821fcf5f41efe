package dev.lockstep.wire.channels.request;

import dev.lockstep.api.EntityId;
import java.nio.charset.StandardCharsets;

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

    /**
     * Largest row that clients since 2.0 are shown, in bytes of JSON: what a frame holds beside its other members. A larger row
     * is to them as one that does not exist.
     */
    public static final int ROW_BYTES_MAX = FRAME_BYTES_MAX - 4 * 1024;

    private static final int BYTES_OF_CHARACTER_MAX = 3;

    private Limits() {}

    /** Whether clients since 2.0 drop the frames with the row of this id. To them it is as a row that does not exist. */
    public static boolean isLongId(EntityId id) {
        return id.value().length() > ID_CHARACTERS_MAX;
    }

    /** Whether a text has more bytes of UTF-8. */
    public static boolean isLonger(String text, int bytesMax) {
        return text.length() > bytesMax / BYTES_OF_CHARACTER_MAX
                && text.getBytes(StandardCharsets.UTF_8).length > bytesMax;
    }
}
