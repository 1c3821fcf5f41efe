package dev.lockstep.wire.strata;

import dev.lockstep.collection.Misconfiguration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;

/**
 * The Strata dialect. A web application that has a class that extends it speaks the dialect below {@code /sync}: its
 * clients know no other path.
 */
public abstract class StrataApi {
    /** The prefix of all of the dialect's paths. */
    static final String PREFIX = "/sync/";

    /** Has a web application speak the dialect. */
    static void serve(ServletContext web) {
        web.setAttribute(StrataApi.class.getName(), true);
        ServletRegistration.Dynamic servlet = web.addServlet(StrataServlet.class.getName(), StrataServlet.class);
        servlet.setAsyncSupported(true);
        if (!servlet.addMapping(PREFIX + "*").isEmpty()) {
            throw new Misconfiguration(
                    "The web application at '" + web.getContextPath() + "' has a servlet of its own at " + PREFIX
                            + "*, where Strata's clients look for the dialect: give it another path.");
        }
    }
}
