package dev.lockstep.mutation.batch;

import dev.lockstep.delivery.BatchPublication;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of one attempt to commit a batch, kept for the case that its commit has no answer. An announced batch is
 * published or withdrawn at the latest when the attempt is closed: otherwise the log would not be read any more. Belongs
 * to the writer's thread.
 */
final class BatchAttempt implements AutoCloseable {
    private static final Logger LOG = System.getLogger(BatchAttempt.class.getName());

    private final boolean optimistic;
    private final boolean retry;
    private final BatchPublication publication;
    private @Nullable BatchTransaction transaction;
    private @Nullable BatchOutcome outcome;
    private boolean announced;

    /** The flags are those of {@link BatchTransaction.Mode}. */
    BatchAttempt(boolean optimistic, boolean retry, BatchPublication publication) {
        this.optimistic = optimistic;
        this.retry = retry;
        this.publication = publication;
    }

    boolean isOptimistic() {
        return optimistic;
    }

    boolean isRetry() {
        return retry;
    }

    void begin(BatchTransaction begun) {
        transaction = begun;
    }

    /** Whether it failed at the rows of its mutations. */
    boolean isWritingRows() {
        return transaction != null && transaction.isWritingRows();
    }

    /** The outcome, if it came as far as the commit. */
    Optional<BatchOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** The transaction is about to commit: from here on others may see its actions. */
    void announce(BatchOutcome done) {
        outcome = done;
        publication.announce();
        announced = true;
    }

    /** The transaction was rolled back. */
    void withdraw() {
        if (announced) {
            announced = false;
            publication.withdraw();
        }
    }

    void publish(BatchOutcome done) {
        try {
            publication.publish(done.done());
            announced = false;
        } catch (RuntimeException | Error e) {
            // The authors are answered here; the log poller delivers the commits.
            done.done().forEach(committed -> committed.answer().run());
            LOG.log(Level.ERROR, "A batch of " + done.done().size() + " mutations could not be published", e);
        }
    }

    @Override
    public void close() {
        withdraw();
    }
}
