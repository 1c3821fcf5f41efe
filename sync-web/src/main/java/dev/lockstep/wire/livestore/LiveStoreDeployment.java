package dev.lockstep.wire.livestore;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.reflect.Modifier;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detection of the web applications that enable the dialect with a subclass of {@link LiveStoreApi}. Each web application has
 * the library's servlets and sockets, whether it enables the dialect or not.
 */
@HandlesTypes(LiveStoreApi.class)
public class LiveStoreDeployment implements ServletContainerInitializer {
    @Override
    public void onStartup(@Nullable Set<Class<?>> found, ServletContext web) {
        if (found != null) {
            found.stream()
                    .filter(each -> !Modifier.isAbstract(each.getModifiers()))
                    .findFirst()
                    .ifPresent(api -> LiveStoreApi.serve(web, api));
        }
    }
}
