package dev.lockstep.wire.strata.request;

import dev.lockstep.wire.json.PlainJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reader of a JSON body as the texts of its values, one value at a time. It replaces what no parser reads: too deeply nested
 * values by {@code null}, and numbers out of range by {@code 0}. Whether the text is JSON, its parser
 * says.
 */
final class JsonSource {
    /** There is nothing more. */
    static final int END = -1;

    /** Containers within each other in one value: two less than in a body, where a list and an object stand around it. */
    private static final int LEVELS_MAX = PlainJson.DEPTH_MAX - 2;

    /** Characters of a number. A longer one is out of range. */
    private static final int NUMBER_CHARACTERS_MAX = 1000;

    /** Digits of an exponent. A longer one is out of range. */
    private static final int EXPONENT_DIGITS_MAX = 9;

    /** Characters of a field's name in a refusal. */
    private static final int FIELD_CHARACTERS_MAX = 100;

    /** Names, values and containers of a body: as many as one of {@link PlainJson#BODY_BYTES_MAX} can have. */
    private static final int VALUES_MAX = PlainJson.BODY_BYTES_MAX / 2;

    private static final char[] NULL = {'n', 'u', 'l', 'l'};

    private final LimitedInput limited;
    private final Reader reader;
    private final char[] buffer = new char[4096];
    private int filled;
    private int at;
    private int next;
    private boolean hasNext;
    private int values;
    private StringBuilder current = new StringBuilder();

    /** The body exceeds the limit. */
    static final class CutException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /**
     * A value.
     *
     * @param fault the replaced part and its field; empty if none
     */
    record Value(String text, Optional<String> fault) {}

    /** @param bytesMax most bytes that are read */
    JsonSource(InputStream body, long bytesMax) {
        limited = new LimitedInput(body, bytesMax);
        reader = new InputStreamReader(limited, StandardCharsets.UTF_8.newDecoder());
    }

    /** The next character that is not white space, without consuming it; or {@link #END}. */
    int peek() throws IOException {
        while (!hasNext || next == ' ' || next == '\n' || next == '\r' || next == '\t') {
            next = read();
            hasNext = true;
        }
        return next;
    }

    /** Consumes the peeked character. */
    void take() {
        hasNext = false;
    }

    private int read() throws IOException {
        if (at < filled) {
            return buffer[at++];
        }
        try {
            filled = reader.read(buffer);
            at = 0;
            if (filled > 0) {
                return buffer[at++];
            }
            if (limited.isCut()) {
                throw new CutException();
            }
            return END;
        } catch (CharacterCodingException e) {
            throw limited.isCut() ? new CutException() : e;
        }
    }

    /** The first characters of the value that exceeds the limit. */
    String prefix(int charactersMax) {
        return current.substring(0, Math.min(current.length(), charactersMax));
    }

    /** The next value. */
    Value value() throws IOException {
        current = new StringBuilder();
        Scan scan = new Scan(current);
        int first = peek();
        take();
        int c = first;
        while (c != END && scan.accept((char) c)) {
            c = read();
        }
        if (scan.hasEndedBefore()) {
            next = c;
            hasNext = true;
        }
        Value value = new Value(current.toString(), Optional.ofNullable(scan.fault));
        current = new StringBuilder();
        return value;
    }

    /** Scanner that finds the end of one value. */
    private final class Scan {
        private final StringBuilder text;
        private int level;
        private int numberStart = -1;
        private boolean isInText;
        private boolean isEscaped;
        private boolean hasEnded;
        private boolean hasEndedBefore;
        private int fieldStart = -1;
        private int fieldEnd = -1;
        private String field = "";
        private @Nullable String fault;

        Scan(StringBuilder text) {
            this.text = text;
        }

        /** Whether the value ended before the last accepted character. */
        boolean hasEndedBefore() {
            return hasEndedBefore;
        }

        /** Accepts a character. Returns whether the value may continue after it. */
        boolean accept(char c) throws CutException {
            if (isInText) {
                inText(c);
                return !hasEnded;
            }
            endNumber(c);
            if (level == 0 && (c == ',' || c == '}' || c == ']' || c == ':' || isSpace(c))) {
                hasEndedBefore = true;
                return false;
            }
            switch (c) {
                case '"' -> startText(c);
                case '{', '[' -> open(c);
                case '}', ']' -> close(c);
                default -> other(c);
            }
            return !hasEnded;
        }

        private static boolean isSpace(char c) {
            return c == ' ' || c == '\n' || c == '\r' || c == '\t';
        }

        private void inText(char c) {
            append(c);
            if (isEscaped) {
                isEscaped = false;
            } else if (c == '\\') {
                isEscaped = true;
            } else if (c == '"') {
                isInText = false;
                hasEnded = level == 0;
                if (level == 2) {
                    fieldEnd = text.length();
                }
            }
        }

        private void startText(char c) {
            if (level == 2) {
                fieldStart = text.length();
            }
            isInText = true;
            append(c);
        }

        private void open(char c) throws CutException {
            count();
            level++;
            if (level == LEVELS_MAX + 1) {
                text.append(NULL);
                markInvalid("nested deeper than " + (LEVELS_MAX - 2) + " levels; flatten it");
            }
            append(c);
        }

        private void close(char c) {
            append(c);
            level--;
            hasEnded = level <= 0;
        }

        private void other(char c) throws CutException {
            if (c == ',' || c == ':') {
                count();
            }
            if (c == ':' && level == 2) {
                field = fieldEnd <= fieldStart + 1
                        ? ""
                        : text.substring(fieldStart + 1, Math.min(fieldEnd - 1, fieldStart + 1 + FIELD_CHARACTERS_MAX));
            }
            if (numberStart < 0 && level <= LEVELS_MAX && (c == '-' || isDigit(c))) {
                numberStart = text.length();
            }
            if (numberStart >= 0 && text.length() - numberStart > NUMBER_CHARACTERS_MAX) {
                return; // the number is out of range
            }
            append(c);
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private void endNumber(char c) {
            if (numberStart < 0 || isDigit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E') {
                return;
            }
            if (isOutOfRange(text, numberStart)) {
                text.setLength(numberStart);
                text.append('0');
                markInvalid("a number is out of range");
            }
            numberStart = -1;
        }

        private static boolean isOutOfRange(StringBuilder text, int start) {
            if (text.length() - start > NUMBER_CHARACTERS_MAX) {
                return true;
            }
            int exponent = Math.max(text.indexOf("e", start), text.indexOf("E", start));
            return exponent >= 0
                    && text.substring(exponent + 1).replaceFirst("^[+-]?0*", "").length() > EXPONENT_DIGITS_MAX;
        }

        private void append(char c) {
            if (level <= LEVELS_MAX) {
                text.append(c);
            }
        }

        private void markInvalid(String what) {
            if (fault == null) {
                fault = (field.isEmpty() ? "payload" : field) + ": " + what;
            }
        }

        private void count() throws CutException {
            values++;
            if (values > VALUES_MAX) {
                throw new CutException();
            }
        }
    }
}
