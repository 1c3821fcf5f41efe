package dev.lockstep.wire.socket;

import java.nio.charset.StandardCharsets;

/** The reason in a close frame. */
final class CloseReasonText {
    /** Most bytes of it in UTF-8: a control frame has 125, and two are the code (RFC 6455, section 5.5). */
    static final int BYTES_MAX = 123;

    private CloseReasonText() {}

    /** The reason, or as many whole words of it as a close frame holds; of a single word that is too long, a part. */
    static String fitting(String reason) {
        int end = 0;
        int bytes = 0;
        int words = 0; // where the last word that fits as a whole ends
        while (end < reason.length()) {
            int codePoint = reason.codePointAt(end);
            bytes += bytes(codePoint);
            if (bytes > BYTES_MAX) {
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
