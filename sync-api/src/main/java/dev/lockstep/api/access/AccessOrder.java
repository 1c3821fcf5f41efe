package dev.lockstep.api.access;

import jakarta.interceptor.Interceptor;

/**
 * The order of the steps around {@linkplain Guarded guarded} beans, outermost first: an application's own interceptor
 * stands before a step with its number less 1, after it with its number plus 1. The write, the read or the subscription
 * itself is innermost. The only place with these numbers.
 */
public final class AccessOrder {
    /** Sees every request, refused ones too, until its answer. */
    public static final int TRACE = Interceptor.Priority.LIBRARY_BEFORE;

    /** Counts what came of every request, refused ones too. */
    public static final int COUNT = TRACE + 10;

    /** Tells {@link AuditEvent}s of every request, refused ones too. */
    public static final int AUDIT = TRACE + 20;

    /** Logs what the application's {@link AccessPolicy} wants logged. */
    public static final int LOGGING = TRACE + 30;

    /** A mutation that was done before has its first answer, whatever the steps behind refuse now. */
    public static final int REPEATS = TRACE + 35;

    /** Who is anonymous goes no further, if the policy says so: before anything is told about rooms and rows. */
    public static final int AUTHENTICATED = TRACE + 40;

    /** Whether the caller may enter the room: before what is in it is looked at. */
    public static final int ROOM = TRACE + 50;

    /** Whose rows they are. */
    public static final int OWNERSHIP = TRACE + 60;

    /** What may be done to which collection. */
    public static final int COLLECTIONS = TRACE + 70;

    /** The application's {@link AccessRule}s: last, so that they may rely on all that was decided before. */
    public static final int RULES = TRACE + 100;

    private AccessOrder() {}
}
