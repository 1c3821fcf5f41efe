package dev.lockstep.api;

/** The reason of a refusal. Dialects translate the code; clients never parse the message. */
public enum ErrorCode {
    /** The request cannot be parsed: not JSON, a wrong type, an invalid name. Correct the request. */
    MALFORMED(400, false),
    /** A field violates the schema; the issues name the fields. Correct the values. */
    INVALID(400, false),
    /** The request has no valid credentials. Sign in. */
    UNAUTHENTICATED(401, false),
    /** The caller lacks the right. Ask for it, or do not send the request. */
    FORBIDDEN(403, false),
    /** The collection does not exist. Check its name and the application's path. */
    UNKNOWN_COLLECTION(404, false),
    /** The row does not exist, or is not in the requested list. Read the list again. */
    NOT_FOUND(404, false),
    /** The collection does not support the operation; the message lists those that it supports. */
    NOT_SUPPORTED(405, false),
    /** The row's id, or a unique value in it, is in use. Choose another. */
    IN_USE(409, false),
    /**
     * The update names a version that is no longer the row's. The refusal contains the current row: merge, and send the
     * update with its version as a new mutation.
     */
    STALE(409, false),
    /** The mutation's id was used for another mutation. Use a new id for each; repeat a mutation only unchanged. */
    REUSED(409, false),
    /**
     * The head of the event store is not the parent of the first appended event. The refusal contains the head, as the id of
     * the current row: read the events up to it, and append after it.
     */
    HEAD_MOVED(409, false),
    /** The event store was reset or restored since the client read it. Discard its events, and read the store again. */
    STORE_RESET(409, false),
    /** The log no longer covers the requested position. Read everything again. */
    BOOTSTRAP_NEEDED(410, false),
    /** The request exceeds a limit of the server. Send less at a time. */
    TOO_LARGE(413, false),
    /** The server does not support the content encoding of the body. Send it without an encoding. */
    UNSUPPORTED_ENCODING(415, false),
    /** A queue of the server is full. Send the same request again later. */
    OVERLOADED(503, true),
    /** The database did not respond in time, or a row stayed locked. Send the same request again. */
    UNAVAILABLE(503, true),
    /** The row changed during the access check. Send the same request again. */
    ROW_CHANGED(503, true),
    /** A fault of the server; its log has the details. Nothing was changed. */
    INTERNAL(500, true);

    private final int status;
    private final boolean retryable;

    ErrorCode(int status, boolean retryable) {
        this.status = status;
        this.retryable = retryable;
    }

    /** The corresponding HTTP status. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
