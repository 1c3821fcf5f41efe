package dev.lockstep.wire.http;

import dev.lockstep.snapshot.Spool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;

/** The bytes of a response whose rows lie in a spool. Its owner reads it once, or closes it. */
public final class SpooledStream {
    private final byte[] before;
    private final Spool rows;
    private final byte[] after;
    private final boolean compressed;

    private SpooledStream(byte[] before, Spool rows, byte[] after, boolean compressed) {
        this.before = before;
        this.rows = rows;
        this.after = after;
        this.compressed = compressed;
    }

    public static SpooledStream plain(byte[] before, Spool rows, byte[] after) {
        return new SpooledStream(before, rows, after, false);
    }

    /** A stream whose lines are all in the spool, compressed. */
    public static SpooledStream compressed(Spool all) {
        return new SpooledStream(new byte[0], all, new byte[0], true);
    }

    /** Another stream of the same bytes, while this one is open. */
    public SpooledStream share() {
        return new SpooledStream(before, rows.share(), after, compressed);
    }

    boolean isCompressed() {
        return compressed;
    }

    long size() {
        return before.length + rows.size() + after.length;
    }

    /** Closing the stream releases the spool. */
    public InputStream read() {
        return new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(before), rows.read(), new ByteArrayInputStream(after))));
    }

    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
