package dev.lockstep.access;

import jakarta.interceptor.Interceptor;

/** The order of the interceptors around guarded beans, outermost first. The only place with these numbers. */
final class AccessOrder {
    /** Sees every request, refused ones too, until its answer. */
    static final int TRACE = Interceptor.Priority.LIBRARY_BEFORE;

    /** Counts what came of every request, refused ones too. */
    static final int COUNT = Interceptor.Priority.LIBRARY_BEFORE + 10;

    /** The application's rules: last, so that they may rely on all that was decided before. */
    static final int RULES = Interceptor.Priority.LIBRARY_BEFORE + 100;

    private AccessOrder() {}
}
