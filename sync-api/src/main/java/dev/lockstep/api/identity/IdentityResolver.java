package dev.lockstep.api.identity;

/**
 * One way to say who one is. The CDI beans of this type in an application's packages are asked for its requests, in the
 * order of {@code @Priority}, among those that are built in: bearer token (100), ticket (200), cookie (300) and Basic
 * (400). The first that knows the caller, or refuses, decides. Whom nobody knows is anonymous.
 *
 * <p>Called from many threads at once; may block for a moment. An exception answers 503: nobody passes.
 */
@FunctionalInterface
public interface IdentityResolver {
    /** Who sends these. */
    Identity resolve(Credentials credentials);

    /**
     * Whether browsers send what it reads by themselves, as they do cookies and passwords. Another site could have them
     * do so; what such a request may do depends on its origin, therefore.
     */
    default boolean isSentByBrowsers() {
        return true;
    }
}
