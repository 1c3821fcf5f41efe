package dev.lockstep.wire.strata.request;

import java.io.IOException;
import java.io.InputStream;

/** Stream that ends at a limit of bytes, and records whether its source has more. Not thread-safe. */
final class LimitedInput extends InputStream {
    private final InputStream source;
    private long left;
    private boolean isCut;

    LimitedInput(InputStream source, long bytesMax) {
        this.source = source;
        left = bytesMax;
    }

    /** Whether a read reached the limit before the end of the source. */
    boolean isCut() {
        return isCut;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            isCut = isCut || source.read() >= 0;
            return -1;
        }
        int count = source.read(into, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }
}
