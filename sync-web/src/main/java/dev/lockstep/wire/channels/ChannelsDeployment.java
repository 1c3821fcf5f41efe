package dev.lockstep.wire.channels;

import dev.lockstep.collection.Misconfiguration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detection of the web applications that enable the dialect with a subclass of {@link ChannelsApi}. Each web application has
 * the library's sockets, whether it enables the dialect or not.
 */
@HandlesTypes(ChannelsApi.class)
public class ChannelsDeployment implements ServletContainerInitializer {
    @Override
    public void onStartup(@Nullable Set<Class<?>> found, ServletContext web) {
        List<Class<?>> enabling = found == null
                ? List.of()
                : found.stream()
                        .filter(each -> ChannelsApi.class.isAssignableFrom(each))
                        .filter(each -> !Modifier.isAbstract(each.getModifiers()))
                        .toList();
        if (enabling.size() > 1) {
            throw new Misconfiguration("The web application at '" + web.getContextPath() + "' has " + enabling.size()
                    + " subclasses of " + ChannelsApi.class.getName() + ": keep one.");
        }
        enabling.forEach(each -> create(each).serve(web));
    }

    private static ChannelsApi create(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (ChannelsApi) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new Misconfiguration(type.getName() + " has no working constructor without parameters: add one.");
        }
    }
}
