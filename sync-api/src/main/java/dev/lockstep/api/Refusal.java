package dev.lockstep.api;

import java.util.List;
import java.util.Optional;

/**
 * The reason why a request is refused, and what the caller can do. Immutable.
 *
 * @param message one sentence for people; never SQL, a stack trace, or another user's data
 * @param issues the faulty fields, if any
 * @param current the current row, if the caller has to merge with it: {@link ErrorCode#STALE}
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

    /** A copy without the current row, for a caller who may not read it. */
    public Refusal withoutRow() {
        return new Refusal(code, message, issues);
    }

    /**
     * A copy whose issues begin with the index of a change. Without issues, the message becomes the issue of the change. A
     * retryable refusal is no fault of one change, and stays as it is.
     */
    public Refusal ofChange(int index) {
        if (code.retryable()) {
            return this;
        }
        List<Issue> ofChange = issues.isEmpty()
                ? List.of(new Issue(String.valueOf(index), message))
                : issues.stream()
                        .map(issue -> new Issue(index + "." + issue.path(), issue.message()))
                        .toList();
        return new Refusal(code, message, ofChange, current);
    }

    /** A refusal by an access rule: {@link ErrorCode#FORBIDDEN}. */
    public static Refusal forbidden(String message) {
        return new Refusal(ErrorCode.FORBIDDEN, message);
    }

    /**
     * The problem of one field.
     *
     * @param path the field by its name on the wire; in a bulk preceded by the item's index, as in {@code 3.title}
     */
    public record Issue(String path, String message) {}
}
