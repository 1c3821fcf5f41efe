package dev.lockstep.database;

import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Objects;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Keeps what the server lent, for all beans. Thread-safe. */
@ApplicationScoped
public class ContainerResources {
    private static final Object ENGINES = ContainerResources.class;

    private volatile @Nullable ServerResources lent;
    private volatile @Nullable Executor contexts;

    /** Called once, before anything else asks. */
    public void provide(ServerResources resources) {
        contexts = resources.contexts().currentContextExecutor(); // of the thread that deploys the WAR
        lent = resources;
    }

    /** Whether the server has lent anything yet. */
    boolean isProvided() {
        return lent != null;
    }

    /** The server's default data source. */
    public DataSource dataSource() {
        return resources().dataSource();
    }

    /** Runs what may block. */
    public ManagedExecutorService executor() {
        return resources().executor();
    }

    /** Makes threads that live as long as the deployment. */
    public ManagedThreadFactory threads() {
        return resources().threads();
    }

    /** Runs each task on the calling thread, in a new context of the component that lent these resources. */
    public Executor contexts() {
        return Objects.requireNonNull(contexts, "nothing has been lent yet");
    }

    /** Tells of the transaction on the calling thread. */
    public TransactionSynchronizationRegistry transactions() {
        return resources().transactions();
    }

    /** Whether the transaction on this thread is the engine's own, and not an application's. */
    public boolean isEngineTransaction(TransactionSynchronizationRegistry registry) {
        return registry.getResource(ENGINES) != null;
    }

    /** Marks the transaction on this thread as the engine's own. */
    void markAsEngineTransaction() {
        transactions().putResource(ENGINES, true);
    }

    private ServerResources resources() {
        ServerResources resources = lent;
        if (resources == null) {
            throw new IllegalStateException(
                    "no WAR with sync-web in its WEB-INF/lib has been deployed yet: the engine starts with the first");
        }
        return resources;
    }
}
