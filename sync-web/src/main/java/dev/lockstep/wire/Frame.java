package dev.lockstep.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One text message on a socket, encoded once for all who get it. Immutable. */
public final class Frame {
    private final byte[] utf8;

    // Made by whoever asks first, perhaps twice: a string is safe to publish without a lock.
    private @Nullable String text;

    public Frame(String text) {
        utf8 = text.getBytes(StandardCharsets.UTF_8);
    }

    /** The message as a text. */
    public String text() {
        String known = text;
        if (known == null) {
            known = new String(utf8, StandardCharsets.UTF_8);
            text = known;
        }
        return known;
    }

    /** The message in UTF-8: a view of the bytes that all share, with a place of its own. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(utf8).asReadOnlyBuffer();
    }
}
