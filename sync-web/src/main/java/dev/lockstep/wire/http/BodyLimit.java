package dev.lockstep.wire.http;

import dev.lockstep.wire.json.PlainJson;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.OptionalLong;

/**
 * How large the bodies of a dialect's paths may be, where they may be larger than {@link PlainJson#BODY_BYTES_MAX}. Beans of
 * this type are asked for each request that may have a body. Thread-safe; must not block.
 */
public interface BodyLimit {
    /** Most bytes of a body at a path below the context root; empty if the path is not this dialect's. */
    OptionalLong bytesMax(String path);

    /** Tells those who stand before the servlets of a web application how large its bodies may be. */
    static void publish(ServletContext web, List<BodyLimit> limits) {
        web.setAttribute(BodyLimit.class.getName(), limits);
    }

    /** Most bytes that are collected of a body. */
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
