package dev.lockstep.api.identity;

/**
 * A way to determine the caller of a request. The CDI beans of this type in an application's packages are called for its
 * requests in the order of {@code @Priority}, among the built-in ones: bearer token (100), ticket (200), cookie (300) and
 * Basic (400). The first resolver that recognizes or refuses the credentials decides. A caller whom no resolver
 * recognizes is anonymous.
 *
 * <p>Called from many threads at once; may block briefly. If it throws, the answer is 503.
 */
@FunctionalInterface
public interface IdentityResolver {
    /** The identity behind these credentials. */
    Identity resolve(Credentials credentials);

    /**
     * Whether browsers send these credentials by themselves, as they do cookies and passwords. Another site can trigger
     * such requests, so their rights depend on their origin.
     */
    default boolean isSentByBrowsers() {
        return true;
    }
}
