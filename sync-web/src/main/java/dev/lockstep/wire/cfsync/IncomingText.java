package dev.lockstep.wire.cfsync;

import java.util.Optional;

/**
 * Assembly of a client's message from its parts. Unlike {@link dev.lockstep.wire.socket.MessageAssembler} it ignores a message
 * that is too long, and the connection stays open, as the contract has no such close. Not thread-safe: the parts of a socket
 * arrive one after another.
 */
final class IncomingText {
    /** Longest message, in characters. A longer one is ignored, and not buffered. */
    static final int CHARACTERS_MAX = 16 * 1024;

    private final StringBuilder text = new StringBuilder();
    private boolean isTooLong;

    /** Adds a part. Returns the message if this was its last part and it is not too long. */
    Optional<String> add(String part, boolean last) {
        isTooLong |= part.length() > CHARACTERS_MAX - text.length();
        if (isTooLong) {
            text.setLength(0);
        } else {
            text.append(part);
        }
        if (!last) {
            return Optional.empty();
        }
        Optional<String> message = isTooLong ? Optional.empty() : Optional.of(text.toString());
        isTooLong = false;
        text.setLength(0);
        return message;
    }
}
