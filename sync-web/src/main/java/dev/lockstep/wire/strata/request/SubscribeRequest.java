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
 * A client's frame by which it begins to follow groups (contract, section 1.5).
 *
 * @param cursor the client has seen everything up to it
 * @param groups those that it wants to follow, each once; all of its user's, if empty
 */
public record SubscribeRequest(String token, Seq cursor, Optional<List<String>> groups) {
    /**
     * Most groups that a subscription names, for as long as its socket lasts: those that a user may be in, and as many that
     * they have left. One with more cannot be read.
     */
    static final int GROUPS_MAX = 2 * Memberships.GROUPS_MAX;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,100}");
    private static final BigInteger LAST = BigInteger.valueOf(Long.MAX_VALUE);

    /** Empty, if the frame lacks a token, or something in it cannot be read. */
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
