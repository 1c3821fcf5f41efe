package dev.lockstep.api;

/** Why something was refused. Dialects translate the code; nobody reads meaning out of a message. */
public enum ErrorCode {
    /** The request cannot be read: not JSON, a wrong type, an impossible name. Mend the request. */
    MALFORMED(400, false),
    /** A field breaks a rule of the schema; the issues name the fields. Mend the values. */
    INVALID(400, false),
    /** The caller must say who they are. Sign in. */
    UNAUTHENTICATED(401, false),
    /** The caller may not do this. Ask for the right, or leave it. */
    FORBIDDEN(403, false),
    /** There is no such collection. Check the name, and the application's path. */
    UNKNOWN_COLLECTION(404, false),
    /** The row is not there, or not in the list that the request names. Read the list anew. */
    NOT_FOUND(404, false),
    /** The collection has no such operation; the message says which it has. Do without. */
    NOT_SUPPORTED(405, false),
    /** The row's id, or a unique value in it, is taken. Choose another. */
    IN_USE(409, false),
    /**
     * The update names a version that the row does not have any more. The refusal holds the current row: merge, and send
     * the update again with its version, as a new mutation.
     */
    STALE(409, false),
    /** The mutation's id was used for another mutation before. Use a new id for each; repeat one only unchanged. */
    REUSED(409, false),
    /** What changed since that position is not known any more. Read everything anew. */
    BOOTSTRAP_NEEDED(410, false),
    /** The request is larger than the server takes. Send less at a time. */
    TOO_LARGE(413, false),
    /** The body is encoded in a way that is not read. Send it as it is. */
    UNSUPPORTED_ENCODING(415, false),
    /** More is waiting than the server keeps. Send the same request again, later. */
    OVERLOADED(503, true),
    /** The database, or a row in it, could not be had in time. Send the same request again. */
    UNAVAILABLE(503, true),
    /** The row changed while it was looked up whose it is. Send the same request again. */
    ROW_CHANGED(503, true),
    /** A fault of the server; its log says more. Nothing was done. */
    INTERNAL(500, true);

    private final int status;
    private final boolean retryable;

    ErrorCode(int status, boolean retryable) {
        this.status = status;
        this.retryable = retryable;
    }

    /** The HTTP status that says the same. */
    public int status() {
        return status;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
