package dev.lockstep.wire.socket;

import dev.lockstep.api.Seq;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One text message on a socket, encoded once for all who get it. Immutable. */
public final class Frame {
    private final byte[] utf8;
    private final Seq position;
    private final boolean isMark;

    // Made by whoever asks first, perhaps twice: a string is safe to publish without a lock.
    private @Nullable String text;

    public Frame(String text) {
        this(text, Seq.START);
    }

    /** @param position the client has seen everything up to it, once it has this; the start if it tells nothing of it */
    public Frame(String text, Seq position) {
        this(text, position, false);
    }

    private Frame(String text, Seq position, boolean isMark) {
        this.utf8 = text.getBytes(StandardCharsets.UTF_8);
        this.position = position;
        this.isMark = isMark;
    }

    /** Is not sent: here what its reader may see has changed. Nothing leaves after it until that was judged. */
    public static Frame rightsChanged(Seq position) {
        return new Frame("", position, true);
    }

    boolean marksChangedRights() {
        return isMark;
    }

    Seq position() {
        return position;
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
