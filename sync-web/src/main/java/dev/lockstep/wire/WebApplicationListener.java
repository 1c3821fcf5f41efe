package dev.lockstep.wire;

import dev.lockstep.database.ServerResources;
import dev.lockstep.wire.application.ApplicationStarted;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.BodyLimit;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.sql.DataSource;

/**
 * Start of the WAR: it provides the server's resources to the engine and determines the served application. The deployment
 * fails if either is impossible.
 */
@WebListener
public class WebApplicationListener implements ServletContextListener {
    // Resource references without a target resolve to the platform's defaults (Jakarta EE 10, EE.5.19 to EE.5.22).
    @Resource(name = "lockstep/DataSource")
    private DataSource dataSource;

    @Resource(name = "lockstep/Executor")
    private ManagedExecutorService executor;

    @Resource(name = "lockstep/Threads")
    private ManagedThreadFactory threads;

    @Resource(name = "lockstep/Contexts")
    private ContextService contexts;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    @Inject
    private Event<ServerResources> resourcesAvailable;

    @Inject
    private ServedApplication application;

    @Inject
    private Event<ApplicationStarted> applicationStarted;

    @Inject
    @Any
    private Instance<BodyLimit> bodyLimits;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        resourcesAvailable.fire(new ServerResources(dataSource, executor, threads, contexts, transactions));
        application.serve(event.getServletContext());
        applicationStarted.fire(new ApplicationStarted(application.name()));
        BodyLimit.publish(event.getServletContext(), bodyLimits.stream().toList());
    }
}
