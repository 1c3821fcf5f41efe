package dev.lockstep.api;

/** Position in the log, over all rooms. The first action has position 1; 0 means "before everything". */
public record Seq(long value) implements Comparable<Seq> {
    /** The position before the first action. */
    public static final Seq START = new Seq(0);

    /** @throws IllegalArgumentException if negative */
    public Seq {
        if (value < 0) {
            throw new IllegalArgumentException("seq must be >= 0, was " + value);
        }
    }

    /** The position {@code count} actions later. */
    public Seq plus(long count) {
        return new Seq(value + count);
    }

    /** Whether this position is greater than {@code other}. */
    public boolean isAfter(Seq other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Seq other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
