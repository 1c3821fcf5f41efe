package dev.lockstep.wire;

import dev.lockstep.engine.Engine;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.BodyLimit;
import dev.lockstep.wire.http.StaticFiles;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Start of the WAR: determines the served application. The deployment fails if that is impossible, or if the engine has not
 * started.
 */
@WebListener
public class WebApplicationListener implements ServletContextListener {
    @Inject
    private Engine engine;

    @Inject
    private ServedApplication application;

    @Inject
    private Event<ApplicationStarted> applicationStarted;

    @Inject
    @Any
    private Instance<BodyLimit> bodyLimits;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        engine.requireStarted();
        StaticFiles.register(event.getServletContext());
        application.serve(event.getServletContext());
        applicationStarted.fire(new ApplicationStarted(application.name()));
        BodyLimit.publish(event.getServletContext(), bodyLimits.stream().toList());
    }
}
