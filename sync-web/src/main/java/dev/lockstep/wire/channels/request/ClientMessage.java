package dev.lockstep.wire.channels.request;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One message of a client, of either generation. Immutable. */
public sealed interface ClientMessage {
    /** A heartbeat. Clients since 2.0 expect the nonce in the answer. */
    record Ping(Optional<String> nonce) implements ClientMessage {}

    /**
     * A subscription to a channel.
     *
     * @param requestId names the request in its answer; only of clients since 2.0
     * @param since the greatest stamp that a client of 1.x knows; as it was sent
     * @param cursor the position that a client since 2.0 has reached
     * @param viewVersion the view of the client's rows, as the server named it; only of clients since 2.0
     * @param isFull whether the client asks for all rows although it may have a cursor
     */
    record Subscribe(
            String channel,
            Optional<String> requestId,
            Optional<String> since,
            OptionalLong cursor,
            Optional<String> viewVersion,
            boolean isFull)
            implements ClientMessage {}

    /** Several subscriptions. */
    record SubscribeBatch(List<Subscribe> subscriptions) implements ClientMessage {
        public SubscribeBatch {
            subscriptions = List.copyOf(subscriptions);
        }
    }

    /** The end of a subscription. */
    record Unsubscribe(String channel) implements ClientMessage {}

    /**
     * A mutation of one row.
     *
     * @param data the values; empty for a delete
     */
    record Mutate(String id, String channel, Action action, String key, Map<String, @Nullable Object> data)
            implements ClientMessage {
        public Mutate {
            data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        }
    }

    /**
     * A message that violates the contract.
     *
     * @param id the id of the mutation, if it has one
     * @param isTooLong whether a valid message was longer than a frame may be
     */
    record Malformed(Optional<String> id, boolean isTooLong) implements ClientMessage {
        public Malformed(Optional<String> id) {
            this(id, false);
        }
    }

    /** The kind of a mutation. */
    enum Action {
        CREATE("Create"),
        UPDATE("Update"),
        DELETE("Delete");

        private final String label;

        Action(String label) {
            this.label = label;
        }

        /** The name in texts for people. */
        public String label() {
            return label;
        }

        /** The kind with a name on the wire. */
        public static Optional<Action> of(@Nullable Object name) {
            if (!(name instanceof String text)) {
                return Optional.empty();
            }
            return switch (text) {
                case "create" -> Optional.of(CREATE);
                case "update" -> Optional.of(UPDATE);
                case "delete" -> Optional.of(DELETE);
                default -> Optional.empty();
            };
        }
    }
}
