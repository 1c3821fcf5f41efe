package dev.lockstep.wire.channels.cookie;

import dev.lockstep.api.Caller;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.wire.identity.SignedClaims;
import dev.lockstep.wire.json.PlainJson;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reader of the cookie {@code sf_session} in its three formats (contract, "Session cookie"). Nothing counts but what a token's
 * signature covers: in the oldest format the user beside the token is ignored, except that its id must be the token's.
 */
public final class SessionCookie {
    /** The name of the cookie. */
    public static final String NAME = "sf_session";

    /** Longest value, in characters. A longer one is refused unread. */
    static final int CHARACTERS_MAX = 16 * 1024;

    private static final int DOTS_OF_TOKEN = 2;
    private static final int SECONDS_DIGITS_MAX = 15;
    private static final int MILLIS_DIGITS = 3;

    private SessionCookie() {}

    /** The identity of a cookie, or its refusal. An expired one is refused. */
    public static Identity identify(String application, String value, List<String> secrets, Instant now) {
        if (value.length() > CHARACTERS_MAX) {
            return Identity.refused();
        }
        try {
            Optional<Identity> known = isToken(value)
                    ? SignedClaims.of(value, secrets).flatMap(claims -> ofToken(application, claims))
                    : ofUserAndToken(application, value, secrets);
            return known.filter(identity -> !(identity instanceof Identity.Known of)
                            || of.caller()
                                    .expiry()
                                    .filter(end -> !now.isBefore(end))
                                    .isEmpty())
                    .orElseGet(Identity::refused);
        } catch (IllegalArgumentException | SyncException | DateTimeException | ArithmeticException malformed) {
            return Identity.refused();
        }
    }

    private static boolean isToken(String value) {
        return value.chars().filter(c -> c == '.').count() == DOTS_OF_TOKEN;
    }

    /** Versions 1.0 to 1.4.0: a user and a token, as JSON in base64. */
    private static Optional<Identity> ofUserAndToken(String application, String value, List<String> secrets) {
        String base64 =
                value.indexOf('%') >= 0 ? URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8) : value;
        String json = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        if (!(PlainJson.parse(json) instanceof Map<?, ?> user) || !(user.get("token") instanceof String token)) {
            return Optional.empty();
        }
        Object id = user.get("id");
        return SignedClaims.of(token, secrets)
                .filter(claims ->
                        claims.containsKey("id") && subject(claims.get("id")).equals(subject(id)))
                .flatMap(claims -> subject(claims.get("id"))
                        .map(subject -> known(application, subject, Map.of("id", subject), claims)));
    }

    /** Version 1.4.4 and version 2. */
    private static Optional<Identity> ofToken(String application, Map<String, Object> claims) {
        if (!(claims.get("user") instanceof Map<?, ?> user) || !(user.get("id") instanceof String id)) {
            return Optional.empty();
        }
        if (claims.containsKey("v") && !isComplete(claims, id)) {
            return Optional.empty();
        }
        Map<String, Object> ofUser = new HashMap<>();
        user.forEach((name, field) -> {
            if (field != null) {
                ofUser.put((String) name, field);
            }
        });
        return Optional.of(known(application, id, ofUser, claims));
    }

    /** Whether a token of version 2 has all its claims. */
    private static boolean isComplete(Map<String, Object> claims, String id) {
        return Long.valueOf(2).equals(claims.get("v"))
                && id.equals(claims.get("subject"))
                && claims.get("claims") instanceof Map<?, ?>
                && time(claims.get("iat")).isPresent()
                && time(claims.get("exp")).isPresent();
    }

    /** An id as the original server compares it: as a text. */
    private static Optional<String> subject(@Nullable Object id) {
        return id instanceof String || id instanceof Long ? Optional.of(id.toString()) : Optional.empty();
    }

    /** A token without a time of issue counts as the oldest possible; one with a faulty expiry is refused. */
    private static Identity known(
            String application, String subject, Map<String, Object> user, Map<String, Object> claims) {
        Object exp = claims.get("exp");
        Optional<Instant> expiry = time(exp);
        if (exp != null && expiry.isEmpty()) {
            return Identity.refused();
        }
        Instant issued = time(claims.get("iat")).orElse(Instant.EPOCH);
        return new Identity.Known(
                new Caller(application, Optional.of(subject), user, expiry), Optional.of(issued), Optional.empty());
    }

    private static Optional<Instant> time(@Nullable Object seconds) {
        if (seconds instanceof Long whole) {
            return Optional.of(Instant.ofEpochSecond(whole));
        }
        return seconds instanceof BigDecimal number && number.precision() - number.scale() <= SECONDS_DIGITS_MAX
                ? Optional.of(Instant.ofEpochMilli(
                        number.movePointRight(MILLIS_DIGITS).longValue()))
                : Optional.empty();
    }
}
