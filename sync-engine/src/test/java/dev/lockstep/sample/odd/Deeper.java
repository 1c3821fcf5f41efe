package dev.lockstep.sample.odd;

/** A collection in a package below the application's. */
public final class Deeper {
    private Deeper() {}
}
