package dev.lockstep.database;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Holder of the {@link ServerResources}, for all beans. Thread-safe. */
@ApplicationScoped
public class ContainerResources {
    private static final Object ENGINE_MARK = ContainerResources.class;
    private volatile @Nullable ServerResources resources;
    private volatile @Nullable Executor contexts;

    /** Sets the resources; called once, before any other method except {@link #isProvided}. */
    public void provide(ServerResources provided) {
        contexts = provided.contexts().currentContextExecutor(); // of the component that starts the engine
        resources = provided;
    }

    /** Whether the resources are set. */
    boolean isProvided() {
        return resources != null;
    }

    /** The server's default data source. */
    public DataSource dataSource() {
        return resources().dataSource();
    }

    /** Runs tasks that may block. */
    public ManagedExecutorService executor() {
        return resources().executor();
    }

    /** Creates threads that live as long as the deployment. */
    public ManagedThreadFactory threads() {
        return resources().threads();
    }

    /** Runs each task on the calling thread, in a new context of the component that provided these resources. */
    public Executor contexts() {
        return Objects.requireNonNull(contexts, "the server's resources are not provided yet");
    }

    /** Access to the transaction of the calling thread. */
    public TransactionSynchronizationRegistry transactions() {
        return resources().transactions();
    }

    /** Whether the transaction of this thread is the engine's own, and not an application's. */
    public boolean isEngineTransaction(TransactionSynchronizationRegistry registry) {
        return registry.getResource(ENGINE_MARK) != null;
    }

    /** Marks the transaction of this thread as the engine's own. */
    void markAsEngineTransaction() {
        transactions().putResource(ENGINE_MARK, true);
    }

    private ServerResources resources() {
        ServerResources provided = resources;
        if (provided == null) {
            throw new IllegalStateException("the engine has not started, or its start has failed");
        }
        return provided;
    }
}
