package dev.lockstep.api;

import java.util.List;
import java.util.Optional;

/**
 * Why something is not done, and what to do instead.
 *
 * @param message one sentence for people; never SQL, a stack trace, or another user's data
 * @param issues the fields at fault, if any
 * @param current the row as it is, where the caller has to merge with it: {@link ErrorCode#STALE}
 */
public record Refusal(ErrorCode code, String message, List<Issue> issues, Optional<Row> current) {
    public Refusal {
        issues = List.copyOf(issues);
    }

    public Refusal(ErrorCode code, String message, List<Issue> issues) {
        this(code, message, issues, Optional.empty());
    }

    public Refusal(ErrorCode code, String message) {
        this(code, message, List.of());
    }

    /** The same without the current row, for somebody who may not read it. */
    public Refusal withoutRow() {
        return new Refusal(code, message, issues);
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
