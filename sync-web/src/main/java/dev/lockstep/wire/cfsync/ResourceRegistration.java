package dev.lockstep.wire.cfsync;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warning at deployment about resource classes that no {@code Application} of the web application registers. Their paths
 * answer 404, which below a {@link CfSyncApi} looks like a missing collection.
 */
@HandlesTypes({Path.class, Application.class})
public final class ResourceRegistration implements ServletContainerInitializer {
    private static final Logger LOG = System.getLogger(ResourceRegistration.class.getName());

    /** The servlet name with which a web.xml serves all resources (Jakarta RESTful Web Services 3.1, section 2.3.2). */
    private static final String ALL_RESOURCES = Application.class.getName();

    /** Settings of the server's own JAX-RS implementation, which may register classes, too. */
    private static final String IMPLEMENTATION_SETTINGS = "resteasy.";

    @Override
    public void onStartup(@Nullable Set<Class<?>> found, ServletContext web) {
        if (found != null && !registersOtherwise(web)) {
            UnregisteredResources.among(found)
                    .forEach(each -> LOG.log(Level.WARNING, "web={0} {1}", web.getContextPath(), each));
        }
    }

    private static boolean registersOtherwise(ServletContext web) {
        return web.getServletRegistrations().containsKey(ALL_RESOURCES)
                || Collections.list(web.getInitParameterNames()).stream()
                        .anyMatch(name -> name.startsWith(IMPLEMENTATION_SETTINGS));
    }
}
