package dev.lockstep.wire.strata;

import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/**
 * The Strata dialect. A WAR extends it, and annotates it with {@code @ApplicationPath("/sync")}: its clients know no other
 * path. The socket, and what is streamed, are at their places then, too.
 */
public abstract class StrataApi extends Application {
    /** The prefix of all of the dialect's paths. */
    static final String PREFIX = "/sync/";

    /** Marks a web application as one that speaks the dialect. */
    static void serve(ServletContext web) {
        web.setAttribute(StrataApi.class.getName(), true);
    }

    @Override
    public final Set<Class<?>> getClasses() {
        return Set.of(StrataResource.class, StrataErrors.class, StrataOrigins.class);
    }
}
