package dev.lockstep.wire.identity;

import dev.lockstep.api.identity.Credentials;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reader of the credentials in a request. */
final class RequestCredentials {
    private RequestCredentials() {}

    static Credentials of(HttpServletRequest request, String application) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        Cookie[] sent = request.getCookies();
        Map<String, String> cookies = new HashMap<>();
        for (Cookie each : sent == null ? new Cookie[0] : sent) {
            cookies.putIfAbsent(each.getName(), each.getValue());
        }
        return new Credentials(application, isUpgrade(request), headers, cookies, parameters(request.getQueryString()));
    }

    // Wider than the standard: a request that a server might accept as a handshake must be treated as one.
    private static boolean isUpgrade(HttpServletRequest request) {
        List<String> wanted = Collections.list(request.getHeaders("Upgrade"));
        return wanted.stream().anyMatch(each -> each.toLowerCase(Locale.ROOT).contains("websocket"))
                || (!wanted.isEmpty() && request.getHeader("Sec-WebSocket-Key") != null);
    }

    // Not the servlet's own parameters: reading them would consume a form's body.
    static Map<String, List<String>> parameters(@Nullable String query) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters
                        .computeIfAbsent(decoded(pair.substring(0, equals)), name -> new ArrayList<>(1))
                        .add(decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException asItIs) {
            return text;
        }
    }
}
