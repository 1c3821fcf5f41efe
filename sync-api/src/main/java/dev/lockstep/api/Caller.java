package dev.lockstep.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The immutable identity behind a request or a connection; anonymous where nobody has signed in. Endpoints and servlets
 * of the application inject the caller of the current request. An object that serves many requests injects a
 * {@code Provider}; the deployment fails otherwise.
 *
 * <pre>{@code
 * @Path("greeting")
 * @ApplicationScoped
 * public class Greeting {
 *     @Inject Provider<Caller> caller;
 *
 *     @GET
 *     public String greet() {
 *         return "Hello " + caller.get().subject().orElse("stranger");
 *     }
 * }
 * }</pre>
 *
 * <p>{@code get()} throws a {@link SyncException} as {@code UNAUTHENTICATED} if the request has a wrong cookie, and
 * {@code ContextNotActiveException} outside a request. Beans in the EAR's {@code lib/} receive the caller as a parameter:
 * they do not belong to one web application. The claim {@code groups} holds the caller's roles, for
 * {@code @RolesAllowed} and {@code isUserInRole}.
 *
 * @param application the name of the application that the request is for
 * @param subject the user's id, 1 to 254 characters; empty if anonymous
 * @param claims the issuer's statements about the user
 * @param expiry the end of the identity; empty if it does not expire
 */
public record Caller(
        String application, Optional<String> subject, Map<String, Object> claims, Optional<Instant> expiry) {
    /** Longest subject, in characters: the name of the user's {@linkplain RoomId#own own room} is one longer. */
    public static final int SUBJECT_CHARACTERS_MAX = RoomId.NAME_CHARACTERS_MAX - 1;

    /** @throws IllegalArgumentException if the subject is empty, too long, or holds a NUL or half a surrogate pair */
    public Caller {
        claims = Map.copyOf(claims);
        subject.ifPresent(Caller::requireStorable);
    }

    private static void requireStorable(String subject) {
        if (subject.isEmpty() || subject.length() > SUBJECT_CHARACTERS_MAX || !StorableText.isStorable(subject)) {
            throw new IllegalArgumentException(
                    "a subject has 1 to " + SUBJECT_CHARACTERS_MAX + " characters of Unicode, and no NUL among them");
        }
    }

    /** A caller without credentials. */
    public static Caller anonymous(String application) {
        return new Caller(application, Optional.empty(), Map.of(), Optional.empty());
    }
}
