package dev.lockstep.api;

/** A refusal as an exception, where no return value can carry it. */
public final class SyncException extends RuntimeException {
    private final transient Refusal refusal;

    public SyncException(Refusal refusal) {
        super(refusal.code() + ": " + refusal.message());
        this.refusal = refusal;
    }

    public SyncException(ErrorCode code, String message) {
        this(new Refusal(code, message));
    }

    public SyncException(ErrorCode code, String message, Throwable cause) {
        super(code + ": " + message, cause);
        this.refusal = new Refusal(code, message);
    }

    /** The refusal for the caller. */
    public Refusal refusal() {
        return refusal;
    }
}
