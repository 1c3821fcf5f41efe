package dev.lockstep.wire.channels.publish;

import dev.lockstep.collection.Misconfiguration;
import dev.lockstep.wire.channels.ChannelsApi;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.reflect.Modifier;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registration of the publisher's endpoints in web applications with a {@link ChannelsApi}. */
@HandlesTypes(ChannelsApi.class)
public class PublisherDeployment implements ServletContainerInitializer {
    @Override
    public void onStartup(@Nullable Set<Class<?>> found, ServletContext web) {
        boolean isEnabled = found != null
                && found.stream()
                        .anyMatch(each ->
                                ChannelsApi.class.isAssignableFrom(each) && !Modifier.isAbstract(each.getModifiers()));
        if (!isEnabled) {
            return;
        }
        web.setAttribute(PublisherServlet.class.getName(), true);
        ServletRegistration.Dynamic servlet = web.addServlet(PublisherServlet.class.getName(), PublisherServlet.class);
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1); // so that a wrong key fails the deployment
        Set<String> taken = servlet.addMapping(PublisherServlet.ONE, PublisherServlet.BATCH);
        if (!taken.isEmpty()) {
            throw new Misconfiguration(
                    "The web application at '" + web.getContextPath() + "' has servlets of its own at " + taken
                            + ", the paths of publishers in the channels dialect: give them other paths.");
        }
    }
}
