package dev.lockstep.log;

import dev.lockstep.api.Seq;

/**
 * An incarnation of the database, and the positions that belong to it. Positions of different epochs never overlap: a new
 * epoch begins after all numbers of the earlier ones. So a position identifies its epoch, in every dialect.
 *
 * @param began the position at which it began; later positions belong to it
 */
public record Epoch(Seq began) {
    /** Numbers that are skipped if the clock is not after all earlier positions. */
    static final long CLOCK_BEHIND_STEP = 1_000_000_000;

    /** The epoch of a database that was never restored. */
    public static final Epoch FIRST = new Epoch(Seq.START);

    /** Whether a client can continue from a position. */
    public boolean contains(Seq position) {
        return !began.isAfter(position);
    }

    /**
     * The epoch of a restored database, which invalidates earlier positions. A log grows by less than an action in a
     * microsecond, so the time is after all numbers of an earlier epoch that began at its time: also of one that this
     * database does not know, because it was restored twice.
     *
     * @param above the highest known position of any epoch
     */
    static Epoch afterRestore(Seq above, long nowMicros) {
        return new Epoch(nowMicros > above.value() ? new Seq(nowMicros) : above.plus(CLOCK_BEHIND_STEP));
    }
}
