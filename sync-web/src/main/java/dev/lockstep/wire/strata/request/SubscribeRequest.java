package dev.lockstep.wire.strata.request;

import dev.lockstep.api.Seq;
import dev.lockstep.api.identity.Memberships;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Client frame that subscribes to groups (contract, section 1.5).
 *
 * @param cursor the position up to which the client has seen everything
 * @param groups the requested groups without duplicates; all groups of the user, if empty
 */
public record SubscribeRequest(String token, Seq cursor, Optional<List<String>> groups) {
    /**
     * Most groups of a request: the most groups of a user, and as many that the user has left. A request with more is invalid.
     */
    static final int GROUPS_MAX = 2 * Memberships.GROUPS_MAX;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,100}");
    private static final BigInteger LAST = BigInteger.valueOf(Long.MAX_VALUE);

    /** The request in a frame; empty if a token is missing or a member is invalid. */
    public static Optional<SubscribeRequest> of(Map<?, ?> frame) {
        Object cursor = frame.get("afterSyncId");
        Object groups = frame.get("groups");
        if (!(frame.get("token") instanceof String token)
                || token.isEmpty()
                || !(cursor == null || isPosition(cursor))
                || !(groups == null || areTexts(groups))) {
            return Optional.empty();
        }
        Optional<List<String>> wanted = wanted(groups);
        return wanted.filter(names -> names.size() > GROUPS_MAX).isPresent()
                ? Optional.empty()
                : Optional.of(new SubscribeRequest(token, position((String) cursor), wanted));
    }

    private static boolean isPosition(Object value) {
        return value instanceof String text && DIGITS.matcher(text).matches();
    }

    private static boolean areTexts(Object value) {
        return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    }

    private static Seq position(@Nullable String digits) {
        return digits == null
                ? Seq.START
                : new Seq(new BigInteger(digits).min(LAST).longValue());
    }

    private static Optional<List<String>> wanted(@Nullable Object groups) {
        return groups instanceof List<?> list && !list.isEmpty()
                ? Optional.of(list.stream().map(String.class::cast).distinct().toList())
                : Optional.empty();
    }
}
