package dev.lockstep.collection;

/** The application's declarations cannot work, so its deployment fails. The message names the class and the fix. */
public final class Misconfiguration extends RuntimeException {
    public Misconfiguration(String sentence) {
        super(sentence);
    }
}
