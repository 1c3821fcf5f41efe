package dev.lockstep.wire.http;

/** Detection of Undertow, whose own API is used where it is available. */
public final class Undertow {
    private Undertow() {}

    /** Whether the server has this class of Undertow, so that a class that refers to it can be loaded. */
    public static boolean has(String className) {
        try {
            Class.forName(className, false, Undertow.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError missing) {
            return false;
        }
    }
}
