package dev.lockstep.odd.values;

/** Stored by name in one column, by ordinal in another. */
public enum Mood {
    CALM,
    ODD,
    WILD
}
