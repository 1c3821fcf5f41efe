package dev.lockstep.wire.socket;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Close codes and limits of a dialect's connections, as its contract states them. The defaults apply where a contract states
 * nothing. Immutable.
 */
public interface ConnectionPolicy {
    /** The policy of dialects whose contracts say nothing. */
    ConnectionPolicy COMMON = new ConnectionPolicy() {};

    /** Policy violation (RFC 6455, section 7.4.1). */
    int CLOSED_REFUSED = 1008;

    /** Unexpected condition (RFC 6455, section 7.4.1). */
    int CLOSED_FAULT = 1011;

    /** The close code of a connection whose identity has ended. */
    int CLOSED_SIGN_IN_AGAIN = 4401;

    /** The close code of a connection that does not keep up. Its client reconnects and reads what it missed. */
    int CLOSED_TOO_SLOW = 4008;

    /** The close code of a connection whose caller may not read its rooms any more. */
    int CLOSED_FORBIDDEN = 4403;

    /**
     * The close code of a connection whose client must read anew: it cannot be told which of its rows its caller may no
     * longer read. The client reconnects and reads its lists anew.
     */
    int CLOSED_READ_ANEW = 4410;

    /** Most frames beside subscriptions that wait for one connection, where a dialect says nothing else. */
    int RESPONSES_MAX = 16;

    /**
     * A close frame (RFC 6455, section 7.1.5).
     *
     * @param reason is cut to what a close frame holds
     */
    record Close(int code, String reason) {
        /** Most bytes of a reason in UTF-8: a control frame has 125, and two are the code (RFC 6455, section 5.5). */
        static final int REASON_BYTES_MAX = 123;

        /** The reason, or as many whole words of it as a close frame holds; of a single word that is too long, a part. */
        String fittingReason() {
            int end = 0;
            int bytes = 0;
            int words = 0; // where the last word that fits as a whole ends
            while (end < reason.length()) {
                int codePoint = reason.codePointAt(end);
                bytes += bytes(codePoint);
                if (bytes > REASON_BYTES_MAX) {
                    return Character.isWhitespace(codePoint) || words == 0
                            ? reason.substring(0, end).stripTrailing()
                            : reason.substring(0, words);
                }
                if (Character.isWhitespace(codePoint)) {
                    words = end;
                }
                end += Character.charCount(codePoint);
            }
            return reason;
        }

        private static int bytes(int codePoint) {
            return Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
        }
    }

    /** Most responses that wait to be sent. One more closes the connection with {@link #responsesUnread}. */
    default int responsesMax() {
        return RESPONSES_MAX;
    }

    /** A client asks and does not read its responses. */
    default Close responsesUnread() {
        return new Close(CLOSED_REFUSED, "answers are not read");
    }

    /** A client sends requests faster than they are answered. */
    default Close flooding() {
        return new Close(CLOSED_TOO_SLOW, "requests arrive faster than they are answered; reconnect");
    }

    /** A client has sent nothing for longer than {@link SocketLimits} allows, not even the answer to a ping. */
    default Close silent() {
        return new Close(CLOSED_TOO_SLOW, "no ping was answered; reconnect");
    }

    /** A client has not read for longer than {@link SocketLimits} allows. */
    default Close stalled() {
        return new Close(CLOSED_TOO_SLOW, "too slow; reconnect");
    }

    /** A subscription without a cursor fell off the ring of its room. */
    default Close fellBehind() {
        return new Close(CLOSED_TOO_SLOW, "fell behind; reconnect");
    }

    /** The rights of the caller have changed, and no frame tells its client. */
    default Close rightsChanged() {
        return new Close(CLOSED_READ_ANEW, "the rights to read have changed; read anew");
    }

    /** The caller may not read a room of a subscription any more. */
    default Close forbidden() {
        return new Close(CLOSED_FORBIDDEN, "the right to read this room has ended");
    }

    /** The identity of the caller has ended: it expired or was revoked, or its key is not valid any more. */
    default Close identityEnded() {
        return new Close(CLOSED_SIGN_IN_AGAIN, "sign in again");
    }

    /** The database was restored from a backup. */
    default Close restored() {
        return new Close(CLOSED_READ_ANEW, "the database was restored; read anew");
    }

    /** The backlog of a subscription could not be read. */
    default Close backlogUnreadable() {
        return new Close(CLOSED_FAULT, "the backlog could not be read; reconnect");
    }

    /** A frame before the close with {@link #backlogUnreadable}. */
    default Optional<Frame> backlogUnreadableFrame() {
        return Optional.empty();
    }
}
