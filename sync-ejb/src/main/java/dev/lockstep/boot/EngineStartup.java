package dev.lockstep.boot;

import dev.lockstep.database.ServerResources;
import dev.lockstep.engine.Engine;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.sql.DataSource;

/**
 * Starts the engine when the EAR is deployed, and stops it when the EAR is undeployed. It starts before the WARs and stops
 * after them if {@code application.xml} names its module first and sets {@code initialize-in-order}. If the engine does not
 * start, the deployment fails.
 *
 * <p>The engine manages its transactions. A transaction of the container would still be open while the engine's threads
 * start.
 */
@Startup
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class EngineStartup {
    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource dataSource;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    @Resource(lookup = "java:comp/DefaultContextService")
    private ContextService contexts;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry transactions;

    @Inject
    private Engine engine;

    @PostConstruct
    void start() {
        engine.start(new ServerResources(dataSource, executor, threads, contexts, transactions));
    }

    @PreDestroy
    void stop() {
        engine.stop();
    }
}
