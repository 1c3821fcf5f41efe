package dev.lockstep.wire.strata;

import dev.lockstep.collection.Misconfiguration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;

/**
 * Base class that enables the Strata dialect. A web application with a subclass serves the dialect below {@code /sync}, the
 * only path that its clients know.
 *
 * <pre>{@code
 * public class TaskSync extends StrataApi {}
 * }</pre>
 */
public abstract class StrataApi {
    /** The prefix of all of the dialect's paths. */
    static final String PREFIX = "/sync/";

    /** Registers the dialect in a web application. */
    static void serve(ServletContext web) {
        web.setAttribute(StrataApi.class.getName(), true);
        ServletRegistration.Dynamic servlet = web.addServlet(StrataServlet.class.getName(), StrataServlet.class);
        servlet.setAsyncSupported(true);
        if (!servlet.addMapping(PREFIX + "*").isEmpty()) {
            throw new Misconfiguration(
                    "The web application at '" + web.getContextPath() + "' has a servlet of its own at " + PREFIX
                            + "*, the path of the Strata dialect: give it another path.");
        }
    }
}
