package dev.lockstep.wire.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CORS headers for pages of the origins that the operator allows (Fetch standard, section 3.2). The same for all dialects,
 * for REST and servlets. Thread-safe.
 */
@ApplicationScoped
public class CorsPolicy {
    /** How long a browser may cache the answer to a preflight request. */
    private static final Duration PREFLIGHT_MAX_AGE = Duration.ofMinutes(10);

    @Inject
    private Origins origins;

    /**
     * The headers of the answer to a preflight request; empty if the page may not call.
     *
     * @param origin the origin of the page
     * @param headers the request headers that the page wants to send
     */
    public Optional<Map<String, String>> headers(@Nullable String origin, @Nullable String headers) {
        if (!mayRead(origin)) {
            return Optional.empty();
        }
        Map<String, String> allowed = new LinkedHashMap<>(readingHeaders(origin));
        allowed.put("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
        allowed.put("Access-Control-Max-Age", String.valueOf(PREFLIGHT_MAX_AGE.toSeconds()));
        if (headers != null) {
            allowed.put("Access-Control-Allow-Headers", headers);
        }
        return Optional.of(allowed);
    }

    /**
     * The headers that let a page read an answer; empty if it may not. Pages of named origins may send credentials; pages
     * that only {@code *} allows may not.
     */
    public Map<String, String> readingHeaders(@Nullable String origin) {
        if (origin == null || !mayRead(origin)) {
            return Map.of();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Access-Control-Allow-Origin", origin);
        if (origins.isNamed(origin)) {
            headers.put("Access-Control-Allow-Credentials", "true");
        }
        return headers;
    }

    /** The same, for answers that pages of all origins may read: those of origins that are not named, without credentials. */
    public Map<String, String> openReadingHeaders(@Nullable String origin) {
        Map<String, String> named = readingHeaders(origin);
        return named.isEmpty() ? Map.of("Access-Control-Allow-Origin", "*") : named;
    }

    /** Whether answers depend on the page's origin. Then they carry {@code Vary: Origin}. */
    public boolean isCrossOrigin() {
        return origins.isAnyAllowed();
    }

    /** Whether a page of this origin may read answers. */
    public boolean mayRead(@Nullable String origin) {
        return origin != null && origins.mayRead(origin);
    }
}
