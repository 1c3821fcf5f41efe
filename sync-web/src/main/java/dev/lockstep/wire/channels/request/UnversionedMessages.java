package dev.lockstep.wire.channels.request;

import dev.lockstep.api.SyncException;
import dev.lockstep.wire.channels.request.ClientMessage.Action;
import dev.lockstep.wire.channels.request.ClientMessage.Malformed;
import dev.lockstep.wire.channels.request.ClientMessage.Mutate;
import dev.lockstep.wire.channels.request.ClientMessage.Ping;
import dev.lockstep.wire.channels.request.ClientMessage.Subscribe;
import dev.lockstep.wire.channels.request.ClientMessage.Unsubscribe;
import dev.lockstep.wire.json.PlainJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reader of the messages of clients 1.x (contract, generation A). Unknown keys are ignored. */
public final class UnversionedMessages {
    private UnversionedMessages() {}

    /** The JSON object of a message; empty if it is none, or without a type. Both generations may have sent it. */
    public static Optional<Map<String, @Nullable Object>> object(String text) {
        try {
            if (PlainJson.parse(text) instanceof Map<?, ?> members && members.get("type") instanceof String) {
                return Optional.of(object(members));
            }
        } catch (SyncException noJson) {
            // as the original server, which ignores such a text
        }
        return Optional.empty();
    }

    static Map<String, @Nullable Object> object(Map<?, ?> members) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        members.forEach((key, value) -> object.put((String) key, value));
        return object;
    }

    /** The message; empty if its type is unknown, or if it has no channel. The server ignores those. */
    public static Optional<ClientMessage> read(Map<String, @Nullable Object> message) {
        String type = String.valueOf(message.get("type"));
        if (type.equals("ping")) {
            return Optional.of(new Ping(Optional.empty()));
        }
        if (!(message.get("channel") instanceof String channel)) {
            return Optional.empty();
        }
        return switch (type) {
            case "subscribe" -> Optional.of(subscribe(channel, message.get("since")));
            case "unsubscribe" -> Optional.of(new Unsubscribe(channel));
            case "mutate" ->
                message.get("id") instanceof String id && !id.isEmpty()
                        ? Optional.of(mutate(id, channel, message))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Subscribe subscribe(String channel, @Nullable Object since) {
        Optional<String> known = since == null || "".equals(since) ? Optional.empty() : Optional.of(since.toString());
        return new Subscribe(channel, Optional.empty(), known, OptionalLong.empty(), Optional.empty(), false);
    }

    private static ClientMessage mutate(String id, String channel, Map<String, @Nullable Object> message) {
        Optional<Action> action = Action.of(message.get("action"));
        if (action.isEmpty() || !(message.get("key") instanceof String key) || id.length() > Limits.ID_CHARACTERS_MAX) {
            return new Malformed(Optional.of(id));
        }
        if (action.get() == Action.DELETE) {
            return new Mutate(id, channel, Action.DELETE, key, Map.of());
        }
        return message.get("data") instanceof Map<?, ?> data
                ? new Mutate(id, channel, action.get(), key, object(data))
                : new Malformed(Optional.of(id));
    }
}
