package dev.lockstep.wire.livestore.rpc;

import dev.lockstep.api.StoreEvent;
import dev.lockstep.wire.livestore.rpc.JsonScanner.Malformed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reader of the forms that several payloads share (contract, section 1.3). */
final class PayloadReader {
    private PayloadReader() {}

    /** Reads a payload. */
    @FunctionalInterface
    interface Reading<T> {
        T read(JsonScanner json) throws Malformed, InvalidPayload;
    }

    static <T> T read(RpcMessage.Request request, Reading<T> reading) throws InvalidPayload {
        try {
            return reading.read(new JsonScanner(required(request.payload().orElse(null), "payload")));
        } catch (Malformed malformed) { // the syntax was checked with the message
            throw new InvalidPayload(malformed.message());
        }
    }

    static void object(JsonScanner json, String path, JsonScanner.Members<InvalidPayload> members)
            throws Malformed, InvalidPayload {
        if (json.peek() != '{') {
            throw new InvalidPayload(path + ": expected an object");
        }
        json.object(members);
    }

    static String string(JsonScanner json, String path) throws Malformed, InvalidPayload {
        if (json.peek() != '"') {
            throw new InvalidPayload(path + ": expected a string");
        }
        return json.string();
    }

    /** An integer that JavaScript represents exactly. */
    static long integer(JsonScanner json, String path) throws Malformed, InvalidPayload {
        long number = json.integer().orElseThrow(() -> new InvalidPayload(path + ": expected an integer"));
        if (Math.abs(number) > StoreEvent.NUMBER_MAX) {
            throw new InvalidPayload(path + ": expected an integer of at most 53 bits");
        }
        return number;
    }

    static <T> T required(@Nullable T value, String path) throws InvalidPayload {
        if (value == null) {
            throw new InvalidPayload(path + ": is missing");
        }
        return value;
    }

    /** The JSON of an option's value; empty for {@code None}. */
    static Optional<String> option(String optionJson, String path) throws Malformed, InvalidPayload {
        JsonScanner json = new JsonScanner(optionJson);
        Option option = new Option();
        object(json, path, name -> {
            switch (name) {
                case "_tag" -> option.tag = string(json, path + "._tag");
                case "value" -> option.value = json.value();
                default -> json.value();
            }
        });
        return switch (required(option.tag, path + "._tag")) {
            case "None" -> Optional.empty();
            case "Some" -> Optional.of(required(option.value, path + ".value"));
            default -> throw new InvalidPayload(path + "._tag: expected None or Some");
        };
    }

    private static final class Option {
        private @Nullable String tag;
        private @Nullable String value;
    }

    static Optional<String> stringOption(String optionJson, String path) throws Malformed, InvalidPayload {
        Optional<String> value = option(optionJson, path);
        return value.isEmpty() ? Optional.empty() : Optional.of(string(new JsonScanner(value.get()), path + ".value"));
    }
}
