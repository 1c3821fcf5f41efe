package dev.lockstep.wire.channels.request;

import dev.lockstep.wire.channels.request.ClientMessage.Action;
import dev.lockstep.wire.channels.request.ClientMessage.Malformed;
import dev.lockstep.wire.channels.request.ClientMessage.Mutate;
import dev.lockstep.wire.channels.request.ClientMessage.Ping;
import dev.lockstep.wire.channels.request.ClientMessage.Subscribe;
import dev.lockstep.wire.channels.request.ClientMessage.SubscribeBatch;
import dev.lockstep.wire.channels.request.ClientMessage.Unsubscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Strict reader of the messages of clients since 2.0 (contract, generation C). Unknown keys are refused. */
public final class VersionedMessages {
    /** The key that tells this generation. */
    public static final String VERSION = "v";

    /** Greatest whole number of JavaScript. */
    private static final long NUMBER_MAX = (1L << 53) - 1;

    private static final Malformed MALFORMED = new Malformed(Optional.empty());
    private static final Set<String> SUBSCRIPTION =
            Set.of("requestId", "channel", "cursor", "viewVersion", "forceFull");
    private static final Set<String> FORBIDDEN_FIELDS = Set.of("__proto__", "constructor", "prototype");

    private VersionedMessages() {}

    /** Whether a text has more bytes than a frame may have. */
    public static boolean isTooLong(String text) {
        return Limits.isLonger(text, Limits.FRAME_BYTES_MAX);
    }

    /** The message in place of one that is too long. */
    public static Malformed tooLong(Map<String, @Nullable Object> message) {
        return new Malformed("mutate".equals(message.get("type")) ? id(message.get("id")) : Optional.empty(), true);
    }

    /** The message. */
    public static ClientMessage read(Map<String, @Nullable Object> message) {
        if (!Long.valueOf(1).equals(message.get(VERSION)) || !(message.get("type") instanceof String type)) {
            return MALFORMED;
        }
        return switch (type) {
            case "ping" -> ping(message);
            case "subscribe" -> hasOnly(message, SUBSCRIPTION) ? subscription(message) : MALFORMED;
            case "subscribe-batch" -> batch(message);
            case "unsubscribe" ->
                hasOnly(message, Set.of("channel")) && channel(message).isPresent()
                        ? new Unsubscribe(channel(message).get())
                        : MALFORMED;
            case "mutate" -> mutate(message);
            default -> MALFORMED;
        };
    }

    private static boolean hasOnly(Map<String, @Nullable Object> message, Set<String> keys) {
        return message.keySet().stream()
                .allMatch(key -> keys.contains(key) || key.equals(VERSION) || key.equals("type"));
    }

    private static Optional<String> text(@Nullable Object value, int charactersMax) {
        return value instanceof String text && !text.isEmpty() && text.length() <= charactersMax
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<String> id(@Nullable Object value) {
        return text(value, Limits.ID_CHARACTERS_MAX);
    }

    private static Optional<String> channel(Map<String, @Nullable Object> message) {
        return text(message.get("channel"), Limits.CHANNEL_CHARACTERS_MAX);
    }

    private static ClientMessage ping(Map<String, @Nullable Object> message) {
        Optional<String> nonce = id(message.get("nonce"));
        boolean isValid = hasOnly(message, Set.of("nonce")) && nonce.isPresent() == message.containsKey("nonce");
        return isValid ? new Ping(nonce) : MALFORMED;
    }

    private static ClientMessage subscription(Map<String, @Nullable Object> message) {
        Optional<String> channel = channel(message);
        Optional<String> requestId = id(message.get("requestId"));
        Object cursor = message.get("cursor");
        Object view = message.get("viewVersion");
        Object full = message.get("forceFull");
        OptionalLong position = cursor instanceof Long number && number >= 0 && number <= NUMBER_MAX
                ? OptionalLong.of(number)
                : OptionalLong.empty();
        boolean isValid = channel.isPresent()
                && requestId.isPresent()
                && position.isPresent() == message.containsKey("cursor")
                && (view == null || id(view).isPresent())
                && (full instanceof Boolean) == message.containsKey("forceFull");
        return isValid
                ? new Subscribe(
                        channel.get(), requestId, Optional.empty(), position, id(view), Boolean.TRUE.equals(full))
                : MALFORMED;
    }

    private static ClientMessage batch(Map<String, @Nullable Object> message) {
        if (!hasOnly(message, Set.of("requestId", "subscriptions"))
                || id(message.get("requestId")).isEmpty()
                || !(message.get("subscriptions") instanceof List<?> entries)
                || entries.isEmpty()
                || entries.size() > Limits.SUBSCRIPTIONS_MAX) {
            return MALFORMED;
        }
        List<Subscribe> subscriptions = new ArrayList<>();
        for (Object entry : entries) {
            Optional<Subscribe> subscription = entry instanceof Map<?, ?> members
                    ? subscriptionOf(UnversionedMessages.object(members))
                    : Optional.empty();
            if (subscription.isEmpty()) {
                return MALFORMED;
            }
            subscriptions.add(subscription.get());
        }
        return new SubscribeBatch(subscriptions);
    }

    private static Optional<Subscribe> subscriptionOf(Map<String, @Nullable Object> entry) {
        return SUBSCRIPTION.containsAll(entry.keySet()) && subscription(entry) instanceof Subscribe subscribe
                ? Optional.of(subscribe)
                : Optional.empty();
    }

    /** A mutation with an id is refused by it: its client would send it with every connection. */
    private static Malformed malformed(Optional<String> id) {
        return new Malformed(id);
    }

    private static ClientMessage mutate(Map<String, @Nullable Object> message) {
        Optional<String> id = id(message.get("id"));
        Optional<String> channel = channel(message);
        Optional<Action> action = Action.of(message.get("action"));
        if (!hasOnly(message, Set.of("id", "channel", "action", "key", "data"))
                || id.isEmpty()
                || channel.isEmpty()
                || action.isEmpty()) {
            return malformed(id);
        }
        Optional<String> key = id(message.get("key"));
        boolean hasKey = message.containsKey("key");
        if (key.isPresent() != hasKey) {
            return malformed(id);
        }
        if (action.get() == Action.DELETE) {
            return key.isPresent() && !message.containsKey("data")
                    ? new Mutate(id.get(), channel.get(), Action.DELETE, key.get(), Map.of())
                    : malformed(id);
        }
        if (!(message.get("data") instanceof Map<?, ?> members)) {
            return malformed(id);
        }
        Map<String, @Nullable Object> data = UnversionedMessages.object(members);
        Optional<String> rowId = id(data.get("id"));
        boolean isNamed = action.get() == Action.CREATE
                ? rowId.isPresent() && (key.isEmpty() || key.equals(rowId))
                : key.isPresent() && (!data.containsKey("id") || key.equals(rowId));
        if (!isNamed || data.keySet().stream().anyMatch(FORBIDDEN_FIELDS::contains)) {
            return malformed(id);
        }
        return new Mutate(
                id.get(), channel.get(), action.get(), key.or(() -> rowId).orElseThrow(), data);
    }
}
