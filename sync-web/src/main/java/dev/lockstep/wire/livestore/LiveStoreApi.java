package dev.lockstep.wire.livestore;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.livestore.operator.OperatorServlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

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

    /** The context attribute with the {@link Pattern} of stores' names. */
    static final String NAMES = StoreNamePattern.class.getName();

    /** The names of stores without an annotation: {@link dev.lockstep.api.StoreName} has the limits. */
    private static final Pattern ANY_NAME = Pattern.compile(".*", Pattern.DOTALL);

    /**
     * Registers the dialect in a web application.
     *
     * @param api the subclass that enables it, in a package of the application
     */
    static void serve(ServletContext web, Class<?> api) {
        web.setAttribute(LiveStoreApi.class.getName(), true);
        web.setAttribute(ServedApplication.MEMBER, api);
        web.setAttribute(NAMES, names(web.getContextPath(), api));
        ServletRegistration.Dynamic servlet = web.addServlet(LiveStoreServlet.class.getName(), LiveStoreServlet.class);
        servlet.setAsyncSupported(true);
        if (!servlet.addMapping(PATH).isEmpty()) {
            throw new Misconfiguration(
                    "The web application at '" + web.getContextPath() + "' has a servlet of its own at " + PATH
                            + ", the path of the LiveStore dialect: give it another path.");
        }
        OperatorServlet.serve(web);
    }

    /**
     * The names that clients may give to stores.
     *
     * @throws Misconfiguration if the annotation has no regular expression
     */
    static Pattern names(String contextPath, Class<?> api) {
        StoreNamePattern stated = api.getAnnotation(StoreNamePattern.class);
        try {
            return stated == null ? ANY_NAME : Pattern.compile(stated.value());
        } catch (PatternSyntaxException invalid) {
            throw new Misconfiguration("@StoreNamePattern of " + api.getName() + ", in the web application at '"
                    + contextPath + "', is no regular expression: " + invalid.getDescription() + ".");
        }
    }
}
