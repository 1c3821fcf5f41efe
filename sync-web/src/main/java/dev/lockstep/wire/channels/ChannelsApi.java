package dev.lockstep.wire.channels;

import dev.lockstep.collection.Misconfiguration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;

/**
 * Base class that enables the channels dialect. A web application with a subclass serves the dialect's socket at
 * {@code /api/sync}, and the publisher's endpoints at {@code /broadcast} and {@code /broadcast-batch}. A JAX-RS application
 * of the same web application may have the prefix {@code /api}: all other paths below it are its own.
 *
 * <pre>{@code
 * public class TodoChannels extends ChannelsApi {}
 * }</pre>
 */
public abstract class ChannelsApi {
    /** The path of the socket. */
    static final String PATH = "/api/sync";

    /** The context attribute of web applications that serve connections without credentials. */
    static final String UNAUTHENTICATED = ChannelsApi.class.getName() + ".unauthenticated";

    /**
     * Whether connections without credentials are served, as an anonymous caller. The default is no: their handshake is
     * answered with 401. Wrong credentials are refused in any case.
     */
    protected boolean allowsUnauthenticated() {
        return false;
    }

    /** Registers the dialect in a web application. */
    final void serve(ServletContext web) {
        web.setAttribute(ChannelsApi.class.getName(), true);
        if (allowsUnauthenticated()) {
            web.setAttribute(UNAUTHENTICATED, true);
        }
        ServletRegistration.Dynamic servlet = web.addServlet(ChannelsServlet.class.getName(), ChannelsServlet.class);
        servlet.setAsyncSupported(true);
        if (!servlet.addMapping(PATH).isEmpty()) {
            throw new Misconfiguration(
                    "The web application at '" + web.getContextPath() + "' has a servlet of its own at " + PATH
                            + ", the path of the channels dialect: give it another path.");
        }
    }
}
