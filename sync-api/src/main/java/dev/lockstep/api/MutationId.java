package dev.lockstep.api;

/**
 * Key of an idempotent mutation: the mutation takes effect once, however often it is sent, and every repeat gets the
 * first answer.
 *
 * @param client the client, or the room where the clients of a dialect have no id; begins with the dialect's name, so
 *     that clients of two dialects never collide
 * @param value the client's number or name of this mutation
 * @param ordered whether mutations of this client keep their order even if they change different rows; {@code false}
 *     where the client is a whole room
 * @param comparesRequests whether a repeat must have the same content; if {@code false}, a repeat gets the first answer
 *     whatever its content
 */
public record MutationId(String client, String value, boolean ordered, boolean comparesRequests) {
    /** Longest {@link #client} and {@link #value}, in characters. */
    public static final int CHARACTERS_MAX = 255;

    /** @throws IllegalArgumentException if a part is empty, too long, or holds a NUL or half a surrogate pair */
    public MutationId {
        requireStorable(client);
        requireStorable(value);
    }

    /** An id of a client whose mutations keep their order, and whose repeats must have the same content. */
    public MutationId(String client, String value) {
        this(client, value, true, true);
    }

    /** The id of a client whose mutations of different rows have no order. */
    public MutationId unordered() {
        return new MutationId(client, value, false, comparesRequests);
    }

    /** The id of a mutation whose repeats may have another content. */
    public MutationId withoutComparison() {
        return new MutationId(client, value, ordered, false);
    }

    private static void requireStorable(String part) {
        if (part.isEmpty() || part.length() > CHARACTERS_MAX || !StorableText.isStorable(part)) {
            throw new IllegalArgumentException(
                    "the parts of a mutation id are 1 to " + CHARACTERS_MAX + " characters of Unicode without NUL");
        }
    }
}
