package dev.lockstep.api;

import java.util.regex.Pattern;

/** The name of a collection within its application, as clients write it. */
public record CollectionName(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws IllegalArgumentException unless the name is 1 to 64 letters, digits, {@code _} or {@code -} */
    public CollectionName {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a collection's name is 1 to 64 letters, digits, '_' or '-', was '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
