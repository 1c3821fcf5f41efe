package dev.lockstep.api;

import java.util.List;

/**
 * Why something is not done, and what to do instead.
 *
 * @param message one sentence for people; never SQL, a stack trace, or another user's data
 * @param issues the fields at fault, if any
 */
public record Refusal(ErrorCode code, String message, List<Issue> issues) {
    public Refusal {
        issues = List.copyOf(issues);
    }

    public Refusal(ErrorCode code, String message) {
        this(code, message, List.of());
    }

    /** A refusal by an access rule: {@link ErrorCode#FORBIDDEN}. */
    public static Refusal forbidden(String message) {
        return new Refusal(ErrorCode.FORBIDDEN, message);
    }

    /**
     * What is wrong with one field.
     *
     * @param path the field as clients name it; in a bulk the item's index comes first, as in {@code 3.title}
     */
    public record Issue(String path, String message) {}
}
