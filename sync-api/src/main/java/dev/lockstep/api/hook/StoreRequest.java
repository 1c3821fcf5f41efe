package dev.lockstep.api.hook;

import dev.lockstep.api.Caller;
import dev.lockstep.api.StoreName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's request to an event store. Immutable. {@link #toString} reveals neither payload nor headers.
 *
 * @param caller the identity behind the connection
 * @param payload the members of what the client's application sends with each connection, as plain values; empty if it sends
 *     nothing, or no JSON object. A claim of the client, unlike the caller
 * @param headers the HTTP headers that {@code lockstep.livestore.forwarded-headers} names or {@link
 *     StoreHook#forwardHeaders} chooses, by name in lower case: those of the handshake on a socket, those of each request by
 *     HTTP
 */
public record StoreRequest(
        Caller caller, StoreName store, Map<String, @Nullable Object> payload, Map<String, String> headers) {
    /**
     * The role, in the claim {@code groups}, of callers who sent the shared secret {@code lockstep.livestore.secret}. They have
     * no subject.
     */
    public static final String SECRET_ROLE = "livestore-secret";

    public StoreRequest {
        payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
        headers = Map.copyOf(headers);
    }

    /** The value of a forwarded header. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return "request to store " + store.value();
    }
}
