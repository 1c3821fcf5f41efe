package dev.lockstep.wire.livestore.rpc;

/** The payload of a request does not have the contract's form. The answer is a {@code Die} with the message. */
public final class InvalidPayload extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPayload(String message) {
        super(message);
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
