package dev.lockstep.wire.cfsync;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Look at the REST applications of a web application at its deployment: the path of its {@link CfSyncApi} is kept for
 * {@link ApplicationDescription}, and a warning names resource classes that no {@code Application} registers. Their paths
 * answer 404, which below a {@link CfSyncApi} looks like a missing collection.
 */
@HandlesTypes({Path.class, Application.class})
public final class ResourceRegistration implements ServletContainerInitializer {
    private static final Logger LOG = System.getLogger(ResourceRegistration.class.getName());

    /** The servlet name with which a web.xml serves all resources (Jakarta RESTful Web Services 3.1, section 2.3.2). */
    private static final String ALL_RESOURCES = Application.class.getName();

    /** Settings of WildFly's JAX-RS implementation that register classes, too. The server adds others to each WAR. */
    private static final List<String> REGISTERING_SETTINGS =
            List.of("resteasy.scan", "resteasy.scan.resources", "resteasy.resources", "resteasy.jndi.resources");

    @Override
    public void onStartup(@Nullable Set<Class<?>> found, ServletContext web) {
        if (found == null) {
            return;
        }
        path(found).ifPresent(path -> web.setAttribute(ApplicationDescription.PATH, web.getContextPath() + path));
        if (!registersOtherwise(web)) {
            UnregisteredResources.among(found)
                    .forEach(each -> LOG.log(Level.WARNING, "web={0} {1}", web.getContextPath(), each));
        }
    }

    /** The path of the {@link CfSyncApi} below the context root, such as {@code /api}. */
    private static Optional<String> path(Set<Class<?>> found) {
        return found.stream()
                .filter(CfSyncApi.class::isAssignableFrom)
                .map(each -> each.getAnnotation(ApplicationPath.class))
                .filter(Objects::nonNull)
                .map(annotation -> "/" + annotation.value().replaceAll("^/|/$", ""))
                .sorted()
                .findFirst();
    }

    /** Whether classes may be registered without an {@code Application} class. */
    static boolean registersOtherwise(ServletContext web) {
        return web.getServletRegistrations().containsKey(ALL_RESOURCES)
                || REGISTERING_SETTINGS.stream().anyMatch(name -> web.getInitParameter(name) != null);
    }
}
