package dev.lockstep.api;

/**
 * What makes a mutation idempotent: it has its effect once, however often it is sent, and every repeat gets the first
 * answer.
 *
 * @param client the client, or the room where a dialect's clients have no id of their own; the dialect's name comes
 *     first, so that two dialects' clients never meet
 * @param value the client's number or name for this mutation
 * @param ordered whether mutations of this client keep their order even if they touch different rows; not where the
 *     "client" is a whole room
 * @param comparesRequests whether a repeat must ask for the same; if not, it gets the first answer whatever it asks for
 */
public record MutationId(String client, String value, boolean ordered, boolean comparesRequests) {
    /** Longest {@link #client} and {@link #value}, in characters. */
    public static final int CHARACTERS_MAX = 255;

    /** @throws IllegalArgumentException if a part is empty or too long, or holds a NUL or half a surrogate pair */
    public MutationId {
        requireFitting(client);
        requireFitting(value);
    }

    /** An id whose repeats ask for the same. */
    public MutationId(String client, String value, boolean ordered) {
        this(client, value, ordered, true);
    }

    /** An id of a client whose mutations keep their order. */
    public MutationId(String client, String value) {
        this(client, value, true);
    }

    private static void requireFitting(String part) {
        if (part.isEmpty() || part.length() > CHARACTERS_MAX || !StorableText.isStorable(part)) {
            throw new IllegalArgumentException(
                    "the parts of a mutation id are 1 to " + CHARACTERS_MAX + " characters of Unicode without NUL");
        }
    }
}
