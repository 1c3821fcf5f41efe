package dev.lockstep.wire.livestore.rpc;

import dev.lockstep.wire.livestore.rpc.JsonScanner.Malformed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message of a client (contract, section 1.2). */
public sealed interface RpcMessage {
    /** The sign of life. */
    record Ping() implements RpcMessage {}

    /**
     * A call.
     *
     * @param id decimal digits, chosen by the client
     * @param tag the name of the procedure
     * @param payload the arguments as they were sent; empty if there are none
     * @param traceId the client's trace, of any form
     */
    record Request(String id, String tag, Optional<String> payload, Optional<String> traceId) implements RpcMessage {}

    /** The client has processed a chunk. */
    record Ack(String requestId) implements RpcMessage {}

    /** The client does not need the answer any more. */
    record Interrupt(String requestId) implements RpcMessage {}

    /** A message without an answer or effect. */
    record Ignored() implements RpcMessage {}

    /** An unreadable message. The answer has this defect. */
    record Unreadable(String defectJson) implements RpcMessage {}

    /** Longest id of a request, in digits. Requests with another id have no answer, as with the original server. */
    int ID_DIGITS_MAX = 64;

    /** The most frequent message. */
    String PING = "{\"_tag\":\"Ping\"}";

    /** Reads a message. Keys may come in any order, unknown ones are ignored, and of two equal ones the last counts. */
    static RpcMessage of(String text) {
        if (text.equals(PING)) {
            return new Ping();
        }
        JsonScanner json = new JsonScanner(text);
        try {
            if (json.peek() != '{') {
                json.value();
                json.end();
                return new Unreadable(RpcAnswers.unknownTag(null));
            }
            Envelope envelope = new Envelope();
            json.<RuntimeException>object(name -> envelope.take(name, json));
            json.end();
            return envelope.message();
        } catch (Malformed malformed) {
            return new Unreadable(RpcAnswers.syntaxError(malformed.message()));
        }
    }

    /** The members of a message. */
    final class Envelope {
        private @Nullable String kind;
        private @Nullable String id;
        private @Nullable String requestId;
        private @Nullable String tag;
        private @Nullable String payload;
        private @Nullable String traceId;

        private void take(String name, JsonScanner json) throws Malformed {
            switch (name) {
                case "_tag" -> kind = string(json);
                case "id" -> id = string(json);
                case "requestId" -> requestId = string(json);
                case "tag" -> tag = string(json);
                case "traceId" -> traceId = string(json);
                case "payload" -> payload = json.value();
                default -> json.value();
            }
        }

        private static @Nullable String string(JsonScanner json) throws Malformed {
            if (json.peek() == '"') {
                return json.string();
            }
            json.value();
            return null;
        }

        private RpcMessage message() {
            return switch (kind) {
                case "Ping" -> new Ping();
                case "Request" -> request();
                case "Ack" -> requestId == null ? new Ignored() : new Ack(requestId);
                case "Interrupt" -> requestId == null ? new Ignored() : new Interrupt(requestId);
                case "Eof" -> new Ignored();
                case null -> new Unreadable(RpcAnswers.unknownTag(null));
                default -> new Unreadable(RpcAnswers.unknownTag(kind));
            };
        }

        private RpcMessage request() {
            String of = id;
            String called = tag;
            if (of == null || !of.matches("[0-9]{1," + ID_DIGITS_MAX + "}")) {
                return new Ignored();
            }
            if (called == null) {
                return new Unreadable(RpcAnswers.unknownTag(null));
            }
            return new Request(of, called, Optional.ofNullable(payload), Optional.ofNullable(traceId));
        }
    }
}
