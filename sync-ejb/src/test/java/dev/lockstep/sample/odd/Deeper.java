package dev.lockstep.sample.odd;

/** Something in a package below the application's. */
public final class Deeper {
    private Deeper() {}
}
