package dev.lockstep.wire.cfsync.request;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of a body or query. Each method throws a {@link SyncException} that names the path of an invalid value. */
public final class BodyValues {
    /** Longest scope and mutation id, in characters: the length of the log's columns. */
    private static final int TEXT_CHARACTERS_MAX = 255;

    private static final String MUTATION_ID = "_clientMutationId";
    private static final String SCOPE = "scope";

    private BodyValues() {}

    /** The mutation id of a body or query. */
    public static Optional<MutationId> mutationId(RoomId room, Map<String, @Nullable Object> envelope) {
        return text(envelope, MUTATION_ID).map(value -> {
            try {
                return CfSyncMutationIds.of(room, value);
            } catch (IllegalArgumentException e) {
                throw invalid(MUTATION_ID, e.getMessage());
            }
        });
    }

    /** The scope of a body or query. */
    public static Optional<String> scope(Map<String, @Nullable Object> envelope) {
        return text(envelope, SCOPE);
    }

    /** The id of a row. */
    public static EntityId entityId(@Nullable Object id, String path) {
        if (!(id instanceof String text)) {
            throw invalid(path, "expected string, received " + kind(id));
        }
        try {
            return new EntityId(text);
        } catch (IllegalArgumentException e) {
            throw invalid(path, e.getMessage());
        }
    }

    /** A text member. An absent, null or empty text counts as none, because clients send scopes that way. */
    public static Optional<String> text(Map<String, @Nullable Object> envelope, String key) {
        Object value = envelope.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text)) {
            throw invalid(key, "expected string, received " + kind(value));
        }
        if (text.length() > TEXT_CHARACTERS_MAX || !isStorable(text)) {
            throw invalid(key, "expected at most " + TEXT_CHARACTERS_MAX + " characters of Unicode without NUL");
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }

    /** An array of 1 to {@code max} elements. */
    public static List<?> elements(Map<String, @Nullable Object> envelope, String key, int max) {
        if (!(envelope.get(key) instanceof List<?> elements)) {
            throw invalid(key, "expected array, received " + kind(envelope.get(key)));
        }
        if (elements.isEmpty() || elements.size() > max) {
            throw invalid(key, "expected 1 to " + max + " elements, received " + elements.size());
        }
        return elements;
    }

    /** An object. */
    public static Map<String, @Nullable Object> object(@Nullable Object value, String path) {
        if (!(value instanceof Map<?, ?> members)) {
            throw invalid(path, "expected object, received " + kind(value));
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        members.forEach((key, member) -> object.put((String) key, member));
        return object;
    }

    /** The kind of a value, for messages. */
    public static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case String text -> "string";
            case Number number -> "number";
            case Boolean truth -> "boolean";
            case List<?> list -> "array";
            default -> "object";
        };
    }

    /** The refusal of an invalid value. */
    public static SyncException invalid(String path, @Nullable String message) {
        Issue issue = new Issue(path, String.valueOf(message));
        return new SyncException(new Refusal(ErrorCode.INVALID, path + ": " + message, List.of(issue)));
    }
}
