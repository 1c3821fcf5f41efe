package dev.lockstep.wire.http;

import dev.lockstep.wire.json.PlainJson;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.OptionalLong;

/**
 * Limit of a dialect's request bodies that may be larger than {@link PlainJson#BODY_BYTES_MAX}. The server calls the beans of
 * this type for each request that may have a body. Thread-safe; must not block.
 */
public interface BodyLimit {
    /** Most bytes of a body at a path below the context root; empty if the path belongs to another dialect. */
    OptionalLong bytesMax(String path);

    /** Publishes the limits to handlers that run before the web application's servlets. */
    static void publish(ServletContext web, List<BodyLimit> limits) {
        web.setAttribute(BodyLimit.class.getName(), limits);
    }

    /** Most bytes that are buffered of a body at a path below the context root. */
    static long of(ServletContext web, String path) {
        if (web.getAttribute(BodyLimit.class.getName()) instanceof List<?> limits) {
            for (Object each : limits) {
                if (each instanceof BodyLimit limit && limit.bytesMax(path).isPresent()) {
                    return limit.bytesMax(path).getAsLong();
                }
            }
        }
        return PlainJson.BODY_BYTES_MAX;
    }
}
