package dev.lockstep.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to (W3C Trace Context, section 3.2): log lines that carry its id are found by the id that
 * the client has given.
 *
 * @param traceId 32 hexadecimal digits, not all zero
 * @param parentId the client's span: 16 hexadecimal digits, not all zero
 */
public record TraceContext(String traceId, String parentId) {
    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");

    private static final Pattern PARENT_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");

    /** The version and the flags count as far as their form; a later version may append fields. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?", Pattern.DOTALL);

    /** The trace of these ids; empty if one of them is missing or invalid, as those of clients without a tracer are. */
    public static Optional<TraceContext> of(@Nullable String traceId, @Nullable String parentId) {
        return traceId != null
                        && parentId != null
                        && TRACE_ID.matcher(traceId).matches()
                        && PARENT_ID.matcher(parentId).matches()
                ? Optional.of(new TraceContext(traceId, parentId))
                : Optional.empty();
    }

    /** The trace of a header {@code traceparent}; empty if it is missing or invalid. */
    public static Optional<TraceContext> ofTraceparent(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher parts = TRACEPARENT.matcher(header.strip());
        return parts.matches() ? of(parts.group(1), parts.group(2)) : Optional.empty();
    }

    /** As a part of a log line. */
    @Override
    public String toString() {
        return "trace=" + traceId + " parent=" + parentId;
    }
}
