package dev.lockstep.wire.livestore.rpc;

import dev.lockstep.api.StoreName;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.json.PlainJson;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store that a request is for, from the query of its address (contract, section 1.1).
 *
 * @param payload what the application sends with each connection; empty if it sends nothing
 */
public record StoreAddress(StoreName store, Optional<ClientPayload> payload, Transport transport) {
    /** The transport that a client says it uses. */
    public enum Transport {
        WS,
        HTTP
    }

    /**
     * A payload of a client. {@link #toString} does not reveal it.
     *
     * @param json the JSON value as text
     * @param members the members of the value; empty if it is no object
     */
    public record ClientPayload(String json, Map<String, @Nullable Object> members) {
        /** The text of a member; empty if it is missing, or no string. */
        public Optional<String> text(String name) {
            return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
        }

        @Override
        public String toString() {
            return "payload";
        }
    }

    /** Reads a query; empty if it does not address a store. */
    public static Optional<StoreAddress> of(@Nullable String query) {
        try {
            return of(parameters(query == null ? "" : query));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * The same for the parameters of a query. Of two with the same name the first counts, as in JavaScript.
     *
     * @param parameters decoded once, as those of a form
     */
    public static Optional<StoreAddress> of(Map<String, List<String>> parameters) {
        Optional<String> store = first(parameters, "storeId");
        Optional<Transport> transport = first(parameters, "transport").flatMap(StoreAddress::transport);
        if (store.isEmpty() || transport.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<String> payload = first(parameters, "payload");
            return Optional.of(new StoreAddress(
                    new StoreName(store.get()),
                    payload.isEmpty() ? Optional.empty() : Optional.of(payload(percentDecoded(payload.get()))),
                    transport.get()));
        } catch (CharacterCodingException | IllegalArgumentException | SyncException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> first(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static Optional<Transport> transport(String name) {
        return switch (name) {
            case "ws" -> Optional.of(Transport.WS);
            case "http" -> Optional.of(Transport.HTTP);
            default -> Optional.empty();
        };
    }

    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters
                        .computeIfAbsent(decoded(pair.substring(0, equals)), first -> new ArrayList<>(1))
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static ClientPayload payload(String json) {
        Map<String, @Nullable Object> members = new HashMap<>();
        if (PlainJson.parse(json) instanceof Map<?, ?> object) {
            object.forEach((name, value) -> members.put(String.valueOf(name), value));
        }
        return new ClientPayload(json, members);
    }

    /** The payload is encoded twice; this is the inner encoding, of {@code encodeURIComponent}: a plus is a plus. */
    private static String percentDecoded(String text) throws CharacterCodingException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '%') {
                int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
                int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new CharacterCodingException();
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(raw[i]);
            }
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
    }
}
