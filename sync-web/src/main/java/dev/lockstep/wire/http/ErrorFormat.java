package dev.lockstep.wire.http;

/** The errors of a dialect, in responses that another thread sends. Thread-safe. */
public interface ErrorFormat {
    /** The error of a request that failed. The details of a fault stay in the log. */
    ErrorResponse of(Throwable failure);

    /** A line, with its end, that tells in a stream of lines why it ends early. */
    String line(String message);

    /**
     * An error as a response.
     *
     * @param isRetryable whether the response carries {@code Retry-After}
     */
    record ErrorResponse(int status, String json, boolean isRetryable) {}
}
