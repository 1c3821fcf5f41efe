package dev.lockstep.wire.socket;

import jakarta.websocket.CloseReason.CloseCodes;
import java.util.Optional;

/**
 * The parts of the messages of one connection. A message that is too long closes the connection with 1009 before it is
 * complete; its parts, and all later ones, are discarded. Calls come one after another.
 */
public final class MessageAssembler {
    private final int charactersMax;
    private final StringBuilder text = new StringBuilder();
    private boolean isClosed;

    /** @param charactersMax most characters of a message */
    public MessageAssembler(int charactersMax) {
        this.charactersMax = charactersMax;
    }

    /**
     * Adds a part.
     *
     * @param last whether it completes its message
     * @return the message, if it is complete
     */
    public Optional<String> add(Connection connection, String part, boolean last) {
        if (isClosed) {
            return Optional.empty();
        }
        connection.received();
        if (text.length() + part.length() > charactersMax) {
            isClosed = true;
            empty();
            connection.close(CloseCodes.TOO_BIG.getCode(), "a message is too long");
            return Optional.empty();
        }
        if (last && text.isEmpty()) {
            return Optional.of(part);
        }
        text.append(part);
        if (!last) {
            return Optional.empty();
        }
        String message = text.toString();
        empty();
        return Optional.of(message);
    }

    // An idle socket must not keep a buffer of the size of its longest message.
    private void empty() {
        text.setLength(0);
        text.trimToSize();
    }
}
