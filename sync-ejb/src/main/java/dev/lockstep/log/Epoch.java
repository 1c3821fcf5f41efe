package dev.lockstep.log;

import dev.lockstep.api.Seq;

/**
 * An incarnation of the database, and the positions that belong to it. Positions of two epochs are never the same numbers:
 * a new epoch begins after every number that any earlier one has given. So a position says by itself whether it is of this
 * epoch, in every dialect.
 *
 * @param began the position at which it began; every later one is its own
 */
public record Epoch(Seq began) {
    /** Numbers that are left out where the clock does not lie after all earlier positions. */
    static final long CLOCK_BEHIND_STEP = 1_000_000_000;

    /** The epoch of a database that was never restored. */
    public static final Epoch FIRST = new Epoch(Seq.START);

    /** Whether a client that has seen everything up to a position can go on from it. */
    public boolean contains(Seq position) {
        return !began.isAfter(position);
    }

    // A log grows by less than an action in a microsecond, so the time is after all numbers that were given since an
    // earlier epoch began at its time: also those of an epoch that this database does not know of, because it was
    // restored
    // twice.
    /**
     * The epoch of a database that was restored: no earlier position is good any more.
     *
     * @param above the highest position that is known of any epoch
     */
    static Epoch afterRestore(Seq above, long nowMicros) {
        return new Epoch(nowMicros > above.value() ? new Seq(nowMicros) : above.plus(CLOCK_BEHIND_STEP));
    }
}
