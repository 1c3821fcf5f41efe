package dev.lockstep.wire.http;

/** Whether the server is Undertow, whose own API is used where it is there. */
public final class Undertow {
    private Undertow() {}

    /** Whether the server has this class of Undertow, so that a class that names it can be loaded. */
    public static boolean has(String className) {
        try {
            Class.forName(className, false, Undertow.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError missing) {
            return false;
        }
    }
}
