package dev.lockstep.database;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.sql.DataSource;

/**
 * The server's resources for the engine. Beans in an EAR's library belong to no component, so they have no
 * {@code java:comp}. The component that starts the engine provides its own.
 *
 * @param dataSource the server's default data source, which takes part in JTA transactions
 * @param executor runs tasks that may block
 * @param threads creates the engine's own threads
 * @param contexts creates contexts for work on the engine's own threads
 * @param transactions gives access to the transaction of the calling thread
 */
public record ServerResources(
        DataSource dataSource,
        ManagedExecutorService executor,
        ManagedThreadFactory threads,
        ContextService contexts,
        TransactionSynchronizationRegistry transactions) {}
