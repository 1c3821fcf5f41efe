package dev.lockstep.wire.channels.publish;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.channels.request.ClientMessage.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of a publisher's request (contract, "HTTP publish"). Other keys are ignored, as in the contract.
 *
 * @param changes in their order; none for an empty body, which has no effect in the contract
 */
record Publication(String channel, List<Row> changes) {
    private static final String CHANNEL = "channel";
    private static final String DATA = "data";

    Publication {
        changes = List.copyOf(changes);
    }

    /** One change. The data of a delete is ignored. */
    record Row(Action action, String key, Map<String, @Nullable Object> data) {
        Row {
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        }
    }

    /**
     * The body with one change.
     *
     * @return empty for {@code {}}
     * @throws SyncException as {@code MALFORMED}; the message names the member at fault
     */
    static Optional<Publication> one(Map<String, @Nullable Object> body) {
        return body.isEmpty()
                ? Optional.empty()
                : Optional.of(new Publication(text(body, CHANNEL, ""), List.of(row(body, ""))));
    }

    /**
     * The body with any number of changes.
     *
     * @return empty for {@code {}}
     * @throws SyncException as {@code MALFORMED}; the message names the member at fault
     */
    static Optional<Publication> batch(Map<String, @Nullable Object> body) {
        if (body.isEmpty()) {
            return Optional.empty();
        }
        String channel = text(body, CHANNEL, "");
        if (!(body.get("changes") instanceof List<?> changes)) {
            throw malformed("changes", "a list of changes");
        }
        List<Row> rows = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            String path = "changes." + i + ".";
            rows.add(row(members(changes.get(i)).orElseThrow(() -> malformed(path + "*", "an object")), path));
        }
        return Optional.of(new Publication(channel, rows));
    }

    /** @throws SyncException as {@code MALFORMED} if the value is no object */
    static Map<String, @Nullable Object> object(@Nullable Object body) {
        return members(body)
                .orElseThrow(() -> new SyncException(ErrorCode.MALFORMED, "The body must be a JSON object"));
    }

    private static Optional<Map<String, @Nullable Object>> members(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        map.forEach((name, member) -> members.put((String) name, member));
        return Optional.of(members);
    }

    private static Row row(Map<String, @Nullable Object> change, String path) {
        Action action = Action.of(change.get("action"))
                .orElseThrow(() -> malformed(path + "action", "\"create\", \"update\" or \"delete\""));
        Optional<Map<String, @Nullable Object>> data = members(change.get(DATA));
        if (action != Action.DELETE && data.isEmpty()) {
            throw malformed(path + DATA, "an object");
        }
        String key = change.get("key") == null && data.map(row -> row.get("id")).orElse(null) instanceof String id
                ? id
                : text(change, "key", path);
        try {
            new EntityId(key);
        } catch (IllegalArgumentException invalid) {
            throw new SyncException(ErrorCode.MALFORMED, path + "key: " + invalid.getMessage());
        }
        if (data.isPresent()
                && data.get().get("id") != null
                && !key.equals(data.get().get("id"))) {
            throw malformed(path + DATA + ".id", "the key");
        }
        return new Row(action, key, data.orElse(Map.of()));
    }

    private static String text(Map<String, @Nullable Object> from, String name, String path) {
        if (from.get(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw malformed(path + name, "a text that is not empty");
    }

    private static SyncException malformed(String member, String expected) {
        return new SyncException(ErrorCode.MALFORMED, member + ": must be " + expected);
    }
}
