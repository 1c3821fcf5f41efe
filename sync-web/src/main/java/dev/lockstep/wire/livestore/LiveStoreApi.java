package dev.lockstep.wire.livestore;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.livestore.operator.OperatorServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;

/**
 * Base class that enables the LiveStore dialect. A web application with a subclass serves event stores at {@code /sync}, over
 * sockets and by HTTP.
 *
 * <pre>{@code
 * public class NotesSync extends LiveStoreApi {}
 * }</pre>
 */
public abstract class LiveStoreApi {
    /** The path of all requests of the dialect. The query names the store. */
    static final String PATH = "/sync";

    /**
     * Registers the dialect in a web application.
     *
     * @param api the subclass that enables it, in a package of the application
     */
    static void serve(ServletContext web, Class<?> api) {
        web.setAttribute(LiveStoreApi.class.getName(), true);
        web.setAttribute(ServedApplication.MEMBER, api);
        ServletRegistration.Dynamic servlet = web.addServlet(LiveStoreServlet.class.getName(), LiveStoreServlet.class);
        servlet.setAsyncSupported(true);
        if (!servlet.addMapping(PATH).isEmpty()) {
            throw new Misconfiguration(
                    "The web application at '" + web.getContextPath() + "' has a servlet of its own at " + PATH
                            + ", the path of the LiveStore dialect: give it another path.");
        }
        OperatorServlet.serve(web);
    }
}
