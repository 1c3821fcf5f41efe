package dev.lockstep.api.access;

import jakarta.interceptor.Interceptor;

/**
 * The order of the steps around {@linkplain Guarded guarded} beans, outermost first. An application's own interceptor
 * runs before a step with that step's number minus 1, after it with the number plus 1. The write, the read or the
 * subscription itself is innermost. Only this class defines these numbers.
 */
public final class AccessOrder {
    /** Traces every request until its answer, refused ones included. */
    public static final int TRACE = Interceptor.Priority.LIBRARY_BEFORE;

    /** Counts the outcome of every request, refused ones included. */
    public static final int COUNT = TRACE + 10;

    /** Fires an {@link AuditEvent} for every request, refused ones included. */
    public static final int AUDIT = TRACE + 20;

    /** Logs requests where the application's {@link AccessPolicy} asks for it. */
    public static final int LOGGING = TRACE + 30;

    /** Returns the stored result of a repeated mutation, whatever the later steps would refuse now. */
    public static final int REPEATS = TRACE + 35;

    /** Refuses anonymous callers if the policy says so: first, so that they learn nothing about rooms and rows. */
    public static final int AUTHENTICATED = TRACE + 40;

    /** Checks whether the caller may enter the room: before anything in the room is read. */
    public static final int ROOM = TRACE + 50;

    /** Checks the owner of the rows. */
    public static final int OWNERSHIP = TRACE + 60;

    /** Checks the operation against the rules of its collection. */
    public static final int COLLECTIONS = TRACE + 70;

    /** Asks the application's {@link AccessRule}s: last, so that they can rely on all earlier decisions. */
    public static final int RULES = TRACE + 100;

    /** Copies the rows of {@linkplain dev.lockstep.api.handler.CollectionHandler handlers}: after all decisions. */
    public static final int COPIES = TRACE + 110;

    private AccessOrder() {}
}
