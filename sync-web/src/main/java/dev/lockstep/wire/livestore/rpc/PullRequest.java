package dev.lockstep.wire.livestore.rpc;

import dev.lockstep.wire.livestore.rpc.JsonScanner.Malformed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a pull.
 *
 * @param isLive whether new events follow on the same request
 * @param cursor the last event that the client has; empty if it has none
 */
public record PullRequest(String storeId, boolean isLive, Optional<Cursor> cursor) {
    /** @param number the number of the last event that the client has */
    public record Cursor(String backendId, long number) {}

    /** The number after which the client needs events. */
    public long after() {
        return cursor.map(each -> Math.max(0, each.number())).orElse(0L);
    }

    /** Reads a pull on a socket. */
    public static PullRequest ofSocket(RpcMessage.Request request) throws InvalidPayload {
        return PayloadReader.read(request, json -> new Members().read(json, true));
    }

    /** Reads a pull by HTTP, which is never live. */
    public static PullRequest ofHttp(RpcMessage.Request request) throws InvalidPayload {
        return PayloadReader.read(request, json -> new Members().read(json, false));
    }

    /** The members of a pull, and of its cursor. */
    private static final class Members {
        private @Nullable String storeId;
        private @Nullable String live;
        private @Nullable String cursor;
        private @Nullable String backendId;
        private @Nullable Long number;

        PullRequest read(JsonScanner json, boolean saysLive) throws Malformed, InvalidPayload {
            PayloadReader.object(json, "payload", name -> {
                switch (name) {
                    case "storeId" -> storeId = PayloadReader.string(json, "storeId");
                    case "live" -> live = json.value();
                    case "cursor" -> cursor = json.value();
                    default -> json.value();
                }
            });
            boolean isLive = saysLive && isTrue(PayloadReader.required(live, "live"));
            Optional<String> from = PayloadReader.option(PayloadReader.required(cursor, "cursor"), "cursor");
            return new PullRequest(
                    PayloadReader.required(storeId, "storeId"),
                    isLive,
                    from.isEmpty() ? Optional.empty() : Optional.of(cursor(new JsonScanner(from.get()))));
        }

        private static boolean isTrue(String json) throws InvalidPayload {
            return switch (json) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new InvalidPayload("live: expected a boolean");
            };
        }

        private Cursor cursor(JsonScanner json) throws Malformed, InvalidPayload {
            PayloadReader.object(json, "cursor.value", name -> {
                switch (name) {
                    case "backendId" -> backendId = PayloadReader.string(json, "cursor.value.backendId");
                    case "eventSequenceNumber" ->
                        number = PayloadReader.integer(json, "cursor.value.eventSequenceNumber");
                    default -> json.value();
                }
            });
            return new Cursor(
                    PayloadReader.required(backendId, "cursor.value.backendId"),
                    PayloadReader.required(number, "cursor.value.eventSequenceNumber"));
        }
    }
}
