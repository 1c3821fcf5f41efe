package dev.lockstep.trace;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to (W3C Trace Context, section 3.2.2.3): log lines that carry its id are found by the id
 * that the client has given.
 *
 * @param traceId 32 hexadecimal digits, not all zero
 */
public record TraceContext(String traceId) {
    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");

    /** The trace with this id; empty if it is missing or invalid, as those of clients without a tracer are. */
    public static Optional<TraceContext> of(@Nullable String traceId) {
        return traceId != null && TRACE_ID.matcher(traceId).matches()
                ? Optional.of(new TraceContext(traceId))
                : Optional.empty();
    }

    /** As a part of a log line. */
    @Override
    public String toString() {
        return "trace=" + traceId;
    }
}
