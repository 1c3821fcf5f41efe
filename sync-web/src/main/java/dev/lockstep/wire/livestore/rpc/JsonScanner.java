package dev.lockstep.wire.livestore.rpc;

import java.math.BigDecimal;
import java.util.BitSet;
import java.util.OptionalLong;

/**
 * Scanner of one JSON text (RFC 8259) that returns parts of it as they were sent. A parser of values would change numbers and
 * escapes. It does not recurse. Used by one thread.
 */
final class JsonScanner {
    /** Deepest nesting of a value. */
    static final int DEPTH_MAX = 1_000;

    /** Longest number that is read as an integer, in characters. */
    private static final int INTEGER_CHARACTERS_MAX = 32;

    private final String text;
    private int at;

    JsonScanner(String text) {
        this.text = text;
    }

    /** The text is not JSON. The message is the answer's. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }

        String message() {
            return String.valueOf(getMessage());
        }
    }

    /** Receives the members of an object, and scans each value. */
    @FunctionalInterface
    interface Members<E extends Exception> {
        void member(String name) throws Malformed, E;
    }

    /** Receives the elements of an array, and scans each. */
    @FunctionalInterface
    interface Elements<E extends Exception> {
        void element(int index) throws Malformed, E;
    }

    /** The first character of the next value; 0 at the end of the text. */
    char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : 0;
    }

    /** Scans an object that {@link #peek} has announced. */
    <E extends Exception> void object(Members<E> members) throws Malformed, E {
        at++;
        if (peek() == '}') {
            at++;
            return;
        }
        do {
            if (peek() != '"') {
                throw unexpected();
            }
            String name = string();
            expect(':');
            members.member(name);
        } while (continues('}'));
    }

    /** Scans an array that {@link #peek} has announced. */
    <E extends Exception> void array(Elements<E> elements) throws Malformed, E {
        at++;
        if (peek() == ']') {
            at++;
            return;
        }
        int index = 0;
        do {
            elements.element(index++);
        } while (continues(']'));
    }

    private boolean continues(char end) throws Malformed {
        char c = peek();
        if (c != ',' && c != end) {
            throw unexpected();
        }
        at++;
        return c == ',';
    }

    private void expect(char c) throws Malformed {
        if (peek() != c) {
            throw unexpected();
        }
        at++;
    }

    /** The text of a string that {@link #peek} has announced. */
    String string() throws Malformed {
        int from = at + 1;
        skipString();
        int to = at - 1;
        int escape = text.indexOf('\\', from);
        return escape < 0 || escape >= to ? text.substring(from, to) : unescaped(from, to);
    }

    private String unescaped(int from, int to) {
        StringBuilder plain = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char escaped = text.charAt(++i);
            if (escaped == 'u') {
                plain.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
                i += 4;
            } else {
                plain.append(
                        switch (escaped) {
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            case 't' -> '\t';
                            default -> escaped;
                        });
            }
        }
        return plain.toString();
    }

    /** The next value as it was sent, without the space around it. */
    String value() throws Malformed {
        peek();
        int from = at;
        skipValue();
        return text.substring(from, at);
    }

    /** The next value as an integer; empty if it is another value. */
    OptionalLong integer() throws Malformed {
        String value = value();
        char first = value.charAt(0);
        if ((first != '-' && !isDigit(first)) || value.length() > INTEGER_CHARACTERS_MAX) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(new BigDecimal(value).longValueExact());
        } catch (ArithmeticException | NumberFormatException noInteger) {
            return OptionalLong.empty();
        }
    }

    /** Nothing but space follows. */
    void end() throws Malformed {
        if (peek() != 0 || at < text.length()) {
            throw unexpected();
        }
    }

    // One bit for each open object or array: whether it is an object.
    private void skipValue() throws Malformed {
        BitSet objects = new BitSet();
        int depth = 0;
        while (true) {
            char c = peek();
            if (c == '{' || c == '[') {
                at++;
                if (peek() == (c == '{' ? '}' : ']')) {
                    at++;
                } else {
                    objects.set(depth++, c == '{');
                    if (depth > DEPTH_MAX) {
                        throw new Malformed("The JSON is nested deeper than " + DEPTH_MAX + " levels");
                    }
                    skipName(c == '{');
                    continue;
                }
            } else {
                skipScalar(c);
            }
            while (depth > 0 && !continues(objects.get(depth - 1) ? '}' : ']')) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
            skipName(objects.get(depth - 1));
        }
    }

    private void skipName(boolean isInObject) throws Malformed {
        if (isInObject) {
            if (peek() != '"') {
                throw unexpected();
            }
            skipString();
            expect(':');
        }
    }

    private void skipScalar(char c) throws Malformed {
        switch (c) {
            case '"' -> skipString();
            case 't' -> skipWord("true");
            case 'f' -> skipWord("false");
            case 'n' -> skipWord("null");
            default -> skipNumber();
        }
    }

    private void skipWord(String word) throws Malformed {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
    }

    private void skipNumber() throws Malformed {
        if (here() == '-') {
            at++;
        }
        if (here() == '0') {
            at++;
        } else {
            skipDigits();
        }
        if (here() == '.') {
            at++;
            skipDigits();
        }
        if (here() == 'e' || here() == 'E') {
            at++;
            if (here() == '+' || here() == '-') {
                at++;
            }
            skipDigits();
        }
    }

    private void skipDigits() throws Malformed {
        if (!isDigit(here())) {
            throw unexpected();
        }
        while (isDigit(here())) {
            at++;
        }
    }

    private void skipString() throws Malformed {
        at++;
        while (true) {
            char c = here();
            if (c < ' ') { // also at the end of the text
                throw unexpected();
            }
            at++;
            if (c == '"') {
                return;
            }
            if (c == '\\') {
                skipEscape();
            }
        }
    }

    private void skipEscape() throws Malformed {
        char c = here();
        if (c == 'u') {
            for (int i = 1; i <= 4; i++) {
                if (at + i >= text.length() || hex(text.charAt(at + i)) < 0) {
                    at = Math.min(at + i, text.length());
                    throw unexpected();
                }
            }
            at += 5;
        } else if ("\"\\/bfnrt".indexOf(c) >= 0) {
            at++;
        } else {
            throw unexpected();
        }
    }

    private static int hex(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private char here() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private Malformed unexpected() {
        return new Malformed(
                at < text.length() ? "Unexpected character in JSON at position " + at : "Unexpected end of JSON input");
    }
}
