package dev.lockstep.collection;

/** The application is declared in a way that cannot work; its deployment fails. The message names class and cure. */
public final class Misconfiguration extends RuntimeException {
    public Misconfiguration(String sentence) {
        super(sentence);
    }
}
