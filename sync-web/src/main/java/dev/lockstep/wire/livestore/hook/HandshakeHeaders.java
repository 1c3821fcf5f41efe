package dev.lockstep.wire.livestore.hook;

import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the headers of a handshake until its socket opens. The properties belong to one connection (WebSocket 2.1). */
public class HandshakeHeaders extends ServerEndpointConfig.Configurator {
    private static final String PROPERTY = HandshakeHeaders.class.getName();

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        config.getUserProperties().put(PROPERTY, request.getHeaders());
    }

    /** Takes the headers; they hold credentials, so that the connection does not keep them. */
    public static Map<String, List<String>> take(EndpointConfig config) {
        Map<String, List<String>> taken = new HashMap<>();
        if (config.getUserProperties().remove(PROPERTY) instanceof Map<?, ?> headers) {
            headers.forEach((name, values) -> {
                if (values instanceof List<?> list) {
                    taken.put(
                            String.valueOf(name),
                            list.stream().map(String::valueOf).toList());
                }
            });
        }
        return taken;
    }
}
