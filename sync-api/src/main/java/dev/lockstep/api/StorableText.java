package dev.lockstep.api;

/** Check for texts that every database stores unchanged. A database would refuse other texts, or alter them. */
final class StorableText {
    private StorableText() {}

    /**
     * Whether the text has no NUL and no half of a surrogate pair. A loop instead of a pattern: the log creates several
     * ids for each action that it reads.
     */
    static boolean isStorable(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || at + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(at + 1))) {
                    return false;
                }
                at++;
            }
            at++;
        }
        return true;
    }
}
