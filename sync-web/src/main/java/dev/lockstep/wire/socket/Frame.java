package dev.lockstep.wire.socket;

import dev.lockstep.api.Seq;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One text message, encoded once for all sockets that receive it. Immutable. */
public final class Frame {
    private final byte[] utf8;
    private final Seq position;
    private final boolean isMark;

    // Decoded by the first reader, perhaps twice: a string is safe to publish without a lock.
    private @Nullable String text;

    public Frame(String text) {
        this(text, Seq.START);
    }

    /** @param position the client has seen everything up to it once it has this frame; the start if the frame tells no position */
    public Frame(String text, Seq position) {
        this(text, position, false);
    }

    private Frame(String text, Seq position, boolean isMark) {
        this(text.getBytes(StandardCharsets.UTF_8), position, isMark);
    }

    private Frame(byte[] utf8, Seq position, boolean isMark) {
        this.utf8 = utf8;
        this.position = position;
        this.isMark = isMark;
    }

    /** A mark that is not sent: the rights of the caller changed here. Nothing leaves after it until they were checked. */
    public static Frame rightsChanged(Seq position) {
        return new Frame("", position, true);
    }

    /** A frame of its own with this message between two texts, at the same position. A mark is returned as it is. */
    public Frame between(String before, String after) {
        if (isMark) {
            return this;
        }
        byte[] first = before.getBytes(StandardCharsets.UTF_8);
        byte[] last = after.getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[first.length + utf8.length + last.length];
        System.arraycopy(first, 0, whole, 0, first.length);
        System.arraycopy(utf8, 0, whole, first.length, utf8.length);
        System.arraycopy(last, 0, whole, first.length + utf8.length, last.length);
        return new Frame(whole, position, false);
    }

    boolean marksChangedRights() {
        return isMark;
    }

    /** The client has seen everything up to it once it has this frame. */
    public Seq position() {
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

    /** The message in UTF-8: a view of the shared bytes with a position of its own. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(utf8).asReadOnlyBuffer();
    }
}
