package dev.lockstep.api;

/** Which texts every database stores as they are. Others would be refused, or become equal to another text. */
final class StorableText {
    private StorableText() {}

    /** Whether there is no NUL and no half of a surrogate pair. A loop: the log makes several ids for each action that it reads. */
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
