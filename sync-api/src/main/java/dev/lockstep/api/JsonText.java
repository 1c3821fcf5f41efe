package dev.lockstep.api;

/** Java strings as JSON strings (RFC 8259, section 7). A lone surrogate is escaped, because UTF-8 has no bytes for it. */
final class JsonText {
    private JsonText() {}

    /** Appends a text with quotation marks. */
    static StringBuilder quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || isLoneSurrogate(text, i)) {
                json.append("\\u").append(hex(c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }

    private static String hex(char c) {
        String digits = Integer.toHexString(c);
        return "0".repeat(4 - digits.length()) + digits;
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** The text of a JSON string that {@link #quote} has written. */
    static String unquote(String json) {
        String inner = json.substring(1, json.length() - 1);
        int escape = inner.indexOf('\\');
        if (escape < 0) {
            return inner;
        }
        StringBuilder text = new StringBuilder(inner.length());
        int from = 0;
        while (escape >= 0) {
            text.append(inner, from, escape);
            boolean isHex = inner.charAt(escape + 1) == 'u';
            text.append(isHex ? (char) Integer.parseInt(inner, escape + 2, escape + 6, 16) : inner.charAt(escape + 1));
            from = escape + (isHex ? 6 : 2);
            escape = inner.indexOf('\\', from);
        }
        return text.append(inner, from, inner.length()).toString();
    }
}
