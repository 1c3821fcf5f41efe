package dev.lockstep.odd.values;

/** Kept by name in one column, by place in another. */
public enum Mood {
    CALM,
    ODD,
    WILD
}
