package dev.lockstep.wire.cfsync;

import java.util.Optional;

/** Puts the parts of a client's message together. Not thread-safe: a socket's parts come one after another. */
final class IncomingText {
    /** Longest message that is read. One that is longer is ignored, and not held. */
    static final int CHARACTERS_MAX = 16 * 1024;

    private final StringBuilder text = new StringBuilder();
    private boolean isTooLong;

    /** Adds a part. The message, if this was its last part and it is not too long. */
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
