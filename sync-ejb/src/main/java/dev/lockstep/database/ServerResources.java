package dev.lockstep.database;

import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.sql.DataSource;

/**
 * What the server lends to the engine. Beans in an EAR's library have no component whose {@code java:comp} they could
 * look into, so the first WAR hands over its own, as an event, when it is deployed; the engine starts with it.
 *
 * @param dataSource the server's default data source, which takes part in JTA transactions
 * @param executor runs what may block
 * @param threads makes the engine's own threads
 * @param contexts makes contexts for what the engine does on threads of its own
 * @param transactions tells of the transaction on the calling thread
 */
public record ServerResources(
        DataSource dataSource,
        ManagedExecutorService executor,
        ManagedThreadFactory threads,
        ContextService contexts,
        TransactionSynchronizationRegistry transactions) {}
