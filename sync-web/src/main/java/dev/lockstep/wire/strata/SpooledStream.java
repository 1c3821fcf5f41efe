package dev.lockstep.wire.strata;

import dev.lockstep.snapshot.Spool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;

/** What is to be sent, of which the rows are set aside. Whoever has it reads it once, or closes it. */
final class SpooledStream {
    private final byte[] before;
    private final Spool rows;
    private final byte[] after;
    private final boolean packed;

    private SpooledStream(byte[] before, Spool rows, byte[] after, boolean packed) {
        this.before = before;
        this.rows = rows;
        this.after = after;
        this.packed = packed;
    }

    static SpooledStream plain(byte[] before, Spool rows, byte[] after) {
        return new SpooledStream(before, rows, after, false);
    }

    /** One whose lines are all in the spool, compressed. */
    static SpooledStream packed(Spool all) {
        return new SpooledStream(new byte[0], all, new byte[0], true);
    }

    /** Another one of the same lines, while this one is open. */
    SpooledStream share() {
        return new SpooledStream(before, rows.share(), after, packed);
    }

    boolean isPacked() {
        return packed;
    }

    long size() {
        return before.length + rows.size() + after.length;
    }

    /** Closing the stream lets go of the rows. */
    InputStream read() {
        return new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(before), rows.read(), new ByteArrayInputStream(after))));
    }

    void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
