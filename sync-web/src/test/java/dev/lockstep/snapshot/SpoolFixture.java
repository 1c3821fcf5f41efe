package dev.lockstep.snapshot;

import java.nio.charset.StandardCharsets;

/** What a snapshot has set aside, for the tests of those who send it. */
public final class SpoolFixture {
    private static final long BYTES_MAX = 1024;

    private SpoolFixture() {}

    public static Spool of(String text) {
        Spool spool = new Spools(BYTES_MAX).open();
        spool.append(text.getBytes(StandardCharsets.UTF_8));
        return spool;
    }
}
