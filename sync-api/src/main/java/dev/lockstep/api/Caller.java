package dev.lockstep.api;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The immutable identity behind a request or a socket.
 *
 * @param application the application it speaks to
 * @param subject the user's id, of 1 to 254 characters; empty if anonymous
 * @param claims what the identity's issuer says of the user
 * @param expiry when the identity ends; empty if it does not
 */
public record Caller(
        String application, Optional<String> subject, Map<String, Object> claims, Optional<Instant> expiry) {
    /** Longest subject: it is the name of the user's {@linkplain RoomId#own own room}, but for a character. */
    public static final int SUBJECT_CHARACTERS_MAX = RoomId.NAME_CHARACTERS_MAX - 1;

    /** @throws IllegalArgumentException if the subject is one that no log can keep */
    public Caller {
        claims = Map.copyOf(claims);
        subject.ifPresent(Caller::requireFit);
    }

    private static void requireFit(String subject) {
        if (subject.isEmpty() || subject.length() > SUBJECT_CHARACTERS_MAX || !StorableText.isStorable(subject)) {
            throw new IllegalArgumentException(
                    "a subject has 1 to " + SUBJECT_CHARACTERS_MAX + " characters of Unicode, and no NUL among them");
        }
    }

    /** Somebody who has not said who they are. */
    public static Caller anonymous(String application) {
        return new Caller(application, Optional.empty(), Map.of(), Optional.empty());
    }
}
