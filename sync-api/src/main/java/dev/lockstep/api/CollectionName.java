package dev.lockstep.api;

/** The name of a collection within its application, as clients write it. */
public record CollectionName(String value) {
    private static final int CHARACTERS_MAX = 64;

    /** @throws IllegalArgumentException unless the name is 1 to 64 letters, digits, {@code _} or {@code -} */
    public CollectionName {
        if (value.isEmpty() || value.length() > CHARACTERS_MAX || !isPlain(value)) {
            throw new IllegalArgumentException(
                    "a collection's name is 1 to 64 letters, digits, '_' or '-', was '" + value + "'");
        }
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && !(c >= '0' && c <= '9') && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
