package dev.lockstep.odd.random;

import jakarta.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A field of a collection.
 *
 * @param name on the wire
 * @param column in the database
 * @param isSent whether clients give it values; else the server or the database does
 * @param refersTo the name of the collection whose ids it holds; null if it holds none
 */
public record OddField(
        String name,
        String column,
        Kind kind,
        boolean isSent,
        @Nullable String refersTo) {
    static OddField sent(String name, String column, Kind kind) {
        return new OddField(name, column, kind, true, null);
    }

    static OddField given(String name, String column, Kind kind) {
        return new OddField(name, column, kind, false, null);
    }

    static OddField reference(String name, String column, String collection) {
        return new OddField(name, column, Kinds.text(255), true, collection);
    }

    /** Whether clients received the server's correct form of the sent value. */
    public boolean isKept(JsonValue sent, JsonValue received) {
        boolean isNone = sent.equals(JsonValue.NULL) || received.equals(JsonValue.NULL);
        return isNone ? sent.equals(received) : kind.isKept().test(sent, received);
    }

    /** Whether the database has the value that clients received. */
    public boolean isStored(@Nullable String stored, JsonValue received) {
        boolean isNone = stored == null || received.equals(JsonValue.NULL);
        return isNone
                ? stored == null && received.equals(JsonValue.NULL)
                : kind.isStored().test(stored, received);
    }
}
