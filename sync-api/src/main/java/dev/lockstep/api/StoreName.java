package dev.lockstep.api;

import java.util.Locale;

/**
 * The name of a store: 1 to {@value #CHARACTERS_MAX} characters of any kind. Two stores are the same only if their names
 * are equal.
 */
public record StoreName(String value) {
    /** Longest name, in UTF-16 units. */
    public static final int CHARACTERS_MAX = 256;

    /** @throws IllegalArgumentException if the name is empty or too long */
    public StoreName {
        if (value.isEmpty() || value.length() > CHARACTERS_MAX) {
            throw new IllegalArgumentException("a store's name has 1 to " + CHARACTERS_MAX + " characters");
        }
    }

    /**
     * The store as a room, as access rules see it. The room's name is the store's. Only control characters, lone surrogates
     * and {@code %} are escaped, as {@code %} and four hexadecimal digits, because rooms have no such names.
     */
    public RoomId room(String application) {
        StringBuilder name = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            boolean isEscaped = c == '%' || Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
            if (isEscaped) {
                name.append('%').append(String.format(Locale.ROOT, "%04x", c));
            } else {
                name.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return RoomId.ofEvents(application, name.toString());
    }

    /** The name of the store that is this room. */
    public static StoreName of(RoomId room) {
        String name = room.name();
        int escape = name.indexOf('%');
        if (escape < 0) {
            return new StoreName(name);
        }
        StringBuilder plain = new StringBuilder(name.length());
        int from = 0;
        while (escape >= 0) {
            plain.append(name, from, escape).append((char) Integer.parseInt(name, escape + 1, escape + 5, 16));
            from = escape + 5;
            escape = name.indexOf('%', from);
        }
        return new StoreName(plain.append(name, from, name.length()).toString());
    }
}
