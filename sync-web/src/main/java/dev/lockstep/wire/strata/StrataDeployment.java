package dev.lockstep.wire.strata;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.reflect.Modifier;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which web applications speak the dialect: those with a {@link StrataApi} of their own. Servlets and sockets
 * are in every one that has this library.
 */
@HandlesTypes(StrataApi.class)
public class StrataDeployment implements ServletContainerInitializer {
    @Override
    public void onStartup(@Nullable Set<Class<?>> found, ServletContext web) {
        if (found != null && found.stream().anyMatch(each -> !Modifier.isAbstract(each.getModifiers()))) {
            StrataApi.serve(web);
        }
    }
}
