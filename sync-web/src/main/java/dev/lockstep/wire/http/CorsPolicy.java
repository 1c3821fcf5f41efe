package dev.lockstep.wire.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What browsers are told so that pages of other hosts may call, where the operator has named them (the Fetch standard,
 * section 3.2). The same for all dialects, and for REST and servlets. Thread-safe.
 */
@ApplicationScoped
public class CorsPolicy {
    /** How long a browser may remember what it was allowed. Then it asks again. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    @Inject
    private Origins origins;

    /**
     * The headers that answer to the question before a call; empty if the page may not call.
     *
     * @param origin from where the page comes
     * @param headers those that it wants to send
     */
    public Optional<Map<String, String>> headers(@Nullable String origin, @Nullable String headers) {
        if (!mayRead(origin)) {
            return Optional.empty();
        }
        Map<String, String> allowance = new LinkedHashMap<>(readingHeaders(origin));
        allowance.put("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
        allowance.put("Access-Control-Max-Age", String.valueOf(REMEMBERED.toSeconds()));
        if (headers != null) {
            allowance.put("Access-Control-Allow-Headers", headers);
        }
        return Optional.of(allowance);
    }

    /**
     * The headers by which a page may read an answer; none, if it may not. Credentials go with requests of pages that are
     * named, and never with those that only {@code *} lets in.
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

    /** Whether answers differ by the page that asks. Then they vary by its {@code Origin}. */
    public boolean isCrossOrigin() {
        return origins.isAnyAllowed();
    }

    /** Whether a page from there may read answers. */
    public boolean mayRead(@Nullable String origin) {
        return origin != null && origins.mayRead(origin);
    }
}
