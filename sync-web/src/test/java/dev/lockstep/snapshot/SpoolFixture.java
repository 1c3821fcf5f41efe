package dev.lockstep.snapshot;

import java.nio.charset.StandardCharsets;

/** The spool of a snapshot, for tests of the classes that send it. */
public final class SpoolFixture {
    private static final long BYTES_MAX = 1024;

    private SpoolFixture() {}

    public static Spool of(String text) {
        Spool spool = new Spools(BYTES_MAX).open();
        spool.append(text.getBytes(StandardCharsets.UTF_8));
        return spool;
    }
}
