package dev.lockstep.wire.livestore.rpc;

import dev.lockstep.api.StoreEvent;
import dev.lockstep.wire.livestore.rpc.JsonScanner.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of an export: an event in the contract's form, and when it was appended ({@code createdAt}, ISO 8601).
 *
 * @param stampMicros in microseconds since 1970; empty if the line does not say
 */
public record EventLine(StoreEvent event, Optional<Long> stampMicros) {
    /**
     * Writes a line with its end.
     *
     * @param json the event as it is stored
     */
    public static String of(String json, long stampMicros) {
        return json.substring(0, json.length() - 1) + ",\"createdAt\":\""
                + Instant.EPOCH.plus(stampMicros, ChronoUnit.MICROS) + "\"}\n";
    }

    /**
     * Reads a line. Keys may come in any order, unknown ones are ignored; the arguments stay as they are written.
     *
     * @throws InvalidPayload if it is no event, or a larger one than {@link StoreEvent#JSON_BYTES_MAX}
     */
    public static EventLine of(String line) throws InvalidPayload {
        try {
            JsonScanner json = new JsonScanner(line);
            EventLine read = new Members().read(json);
            json.end();
            return read;
        } catch (Malformed malformed) {
            throw new InvalidPayload(malformed.message());
        }
    }

    private static final class Members {
        private @Nullable Long number;
        private @Nullable Long parent;
        private @Nullable String name;
        private String args = "null";
        private @Nullable String client;
        private @Nullable String session;
        private Optional<Long> stampMicros = Optional.empty();

        EventLine read(JsonScanner json) throws Malformed, InvalidPayload {
            PayloadReader.object(json, "line", member -> {
                switch (member) {
                    case "seqNum" -> number = PayloadReader.integer(json, member);
                    case "parentSeqNum" -> parent = PayloadReader.integer(json, member);
                    case "name" -> name = PayloadReader.string(json, member);
                    case "args" -> args = json.value();
                    case "clientId" -> client = PayloadReader.string(json, member);
                    case "sessionId" -> session = PayloadReader.string(json, member);
                    case "createdAt" -> stampMicros = Optional.of(micros(PayloadReader.string(json, member)));
                    default -> json.value();
                }
            });
            return new EventLine(event(), stampMicros);
        }

        private static long micros(String createdAt) throws InvalidPayload {
            try {
                return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(createdAt));
            } catch (DateTimeException | ArithmeticException unreadable) {
                throw new InvalidPayload("createdAt: expected a time like 2026-11-21T01:54:46.372Z");
            }
        }

        private StoreEvent event() throws InvalidPayload {
            StoreEvent event;
            try {
                event = new StoreEvent(
                        PayloadReader.required(number, "seqNum"),
                        PayloadReader.required(parent, "parentSeqNum"),
                        PayloadReader.required(name, "name"),
                        args,
                        PayloadReader.required(client, "clientId"),
                        PayloadReader.required(session, "sessionId"));
            } catch (IllegalArgumentException invalid) {
                throw new InvalidPayload(String.valueOf(invalid.getMessage()));
            }
            int bytes = event.json().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > StoreEvent.JSON_BYTES_MAX) {
                throw new InvalidPayload(
                        "the event has " + bytes + " bytes as JSON, the limit is " + StoreEvent.JSON_BYTES_MAX);
            }
            return event;
        }
    }
}
