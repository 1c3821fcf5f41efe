package dev.lockstep.wire.livestore.rpc;

import dev.lockstep.api.Change;
import dev.lockstep.api.StoreEvent;
import dev.lockstep.wire.livestore.rpc.JsonScanner.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a push.
 *
 * @param batch the events in the order of their numbers, perhaps none
 * @param backendId the id of the store as the client knows it; empty if it does not know it yet
 */
public record PushRequest(String storeId, List<PushedEvent> batch, Optional<String> backendId) {
    public PushRequest {
        batch = List.copyOf(batch);
    }

    /**
     * An event as a client sent it. Its numbers may be wrong.
     *
     * @param args one JSON value, as it was sent; {@code null} if there is none
     */
    public record PushedEvent(long number, long parent, String name, String args, String client, String session) {}

    /** The batch is not a chain of events, or an event is too large. The client cannot correct it by itself. */
    public static final class InvalidBatch extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidBatch(String message) {
            super(message);
        }

        public String message() {
            return String.valueOf(getMessage());
        }
    }

    public static PushRequest of(RpcMessage.Request request) throws InvalidPayload {
        return PayloadReader.read(request, json -> new Members().read(json));
    }

    /** The parent of the first event. The batch has one. */
    public long parent() {
        return batch.getFirst().parent();
    }

    /**
     * The events to append.
     *
     * @throws InvalidBatch if an event does not follow the one before it, leaves a gap, or exceeds
     *     {@link StoreEvent#JSON_BYTES_MAX}. A gap is allowed after the root only (contract, section 1.5)
     */
    public List<StoreEvent> events() throws InvalidBatch {
        List<StoreEvent> events = new ArrayList<>(batch.size());
        long head = parent();
        long characters = 0;
        if (batch.size() > Change.Append.EVENTS_MAX) {
            throw new InvalidBatch("the batch has more than " + Change.Append.EVENTS_MAX + " events");
        }
        for (PushedEvent each : batch) {
            if (each.parent() != head) {
                throw new InvalidBatch(
                        "event " + each.number() + " has the parent " + each.parent() + ", but follows event " + head);
            }
            if (head < 0 || each.number() <= head || (head > 0 && each.number() != head + 1)) {
                throw new InvalidBatch("event " + each.number() + " cannot follow event " + head);
            }
            StoreEvent event = event(each);
            characters += event.json().length();
            if (characters > Change.Append.CHARACTERS_MAX) {
                throw new InvalidBatch("the batch is larger than " + Change.Append.CHARACTERS_MAX + " characters");
            }
            events.add(event);
            head = each.number();
        }
        return events;
    }

    private static StoreEvent event(PushedEvent sent) throws InvalidBatch {
        StoreEvent event =
                new StoreEvent(sent.number(), sent.parent(), sent.name(), sent.args(), sent.client(), sent.session());
        int bytes = event.json().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > StoreEvent.JSON_BYTES_MAX) {
            throw new InvalidBatch("event " + sent.number() + " has " + bytes + " bytes as JSON, the limit is "
                    + StoreEvent.JSON_BYTES_MAX);
        }
        return event;
    }

    /** The members of a push. */
    private static final class Members {
        private @Nullable String storeId;
        private @Nullable List<PushedEvent> batch;
        private @Nullable String backendId;

        PushRequest read(JsonScanner json) throws Malformed, InvalidPayload {
            PayloadReader.object(json, "payload", name -> {
                switch (name) {
                    case "storeId" -> storeId = PayloadReader.string(json, "storeId");
                    case "batch" -> batch = batch(json);
                    case "backendId" -> backendId = json.value();
                    default -> json.value();
                }
            });
            return new PushRequest(
                    PayloadReader.required(storeId, "storeId"),
                    PayloadReader.required(batch, "batch"),
                    PayloadReader.stringOption(PayloadReader.required(backendId, "backendId"), "backendId"));
        }

        private static List<PushedEvent> batch(JsonScanner json) throws Malformed, InvalidPayload {
            if (json.peek() != '[') {
                throw new InvalidPayload("batch: expected an array");
            }
            List<PushedEvent> events = new ArrayList<>();
            json.<InvalidPayload>array(index -> events.add(new EventMembers("batch[" + index + "]").read(json)));
            return events;
        }
    }

    /** The members of an event. */
    private static final class EventMembers {
        private final String path;
        private @Nullable Long number;
        private @Nullable Long parent;
        private @Nullable String name;
        private String args = "null";
        private @Nullable String client;
        private @Nullable String session;

        EventMembers(String path) {
            this.path = path;
        }

        PushedEvent read(JsonScanner json) throws Malformed, InvalidPayload {
            PayloadReader.object(json, path, member -> {
                switch (member) {
                    case "seqNum" -> number = PayloadReader.integer(json, path + ".seqNum");
                    case "parentSeqNum" -> parent = PayloadReader.integer(json, path + ".parentSeqNum");
                    case "name" -> name = PayloadReader.string(json, path + ".name");
                    case "args" -> args = json.value();
                    case "clientId" -> client = PayloadReader.string(json, path + ".clientId");
                    case "sessionId" -> session = PayloadReader.string(json, path + ".sessionId");
                    default -> json.value();
                }
            });
            return new PushedEvent(
                    PayloadReader.required(number, path + ".seqNum"),
                    PayloadReader.required(parent, path + ".parentSeqNum"),
                    PayloadReader.required(name, path + ".name"),
                    args,
                    PayloadReader.required(client, path + ".clientId"),
                    PayloadReader.required(session, path + ".sessionId"));
        }
    }
}
