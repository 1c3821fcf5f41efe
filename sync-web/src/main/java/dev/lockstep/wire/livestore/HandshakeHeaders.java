package dev.lockstep.wire.livestore;

import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps the headers of a handshake until its socket opens. The properties belong to one connection (WebSocket 2.1). */
public class HandshakeHeaders extends ServerEndpointConfig.Configurator {
    private static final String PROPERTY = HandshakeHeaders.class.getName();

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        config.getUserProperties().put(PROPERTY, request.getHeaders());
    }

    /** Takes the headers with these names in lower case, and forgets the others: they hold credentials. */
    static Map<String, String> take(EndpointConfig config, Set<String> names) {
        Map<String, String> taken = new TreeMap<>();
        if (config.getUserProperties().remove(PROPERTY) instanceof Map<?, ?> headers) {
            headers.forEach((name, values) -> {
                String lower = String.valueOf(name).toLowerCase(Locale.ROOT);
                if (names.contains(lower) && values instanceof List<?> list && !list.isEmpty()) {
                    taken.put(
                            lower,
                            String.join(", ", list.stream().map(String::valueOf).toList()));
                }
            });
        }
        return taken;
    }
}
