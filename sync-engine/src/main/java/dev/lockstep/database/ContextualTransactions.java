package dev.lockstep.database;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that each run in a server context of their own, on the calling thread. A failed transaction can leave a
 * connection that the server still counts as in use, or a transaction that is still associated with the thread. Both end
 * with the context. A request's context ends with the request, but a thread of the engine lives as long as the deployment
 * and would carry them into every later transaction: WildFly enlists the open connections of a context, broken ones
 * included, in each transaction that begins in it. Thread-safe.
 */
public final class ContextualTransactions implements Transactions {
    private final Transactions transactions;
    private final Executor contexts;

    /**
     * Transactions for a thread of the engine.
     *
     * @param contexts runs each task on the calling thread, in a new context
     */
    public ContextualTransactions(Transactions transactions, Executor contexts) {
        this.transactions = transactions;
        this.contexts = contexts;
    }

    @Override
    public <T> T run(Work<T> work) {
        Outcome<T> outcome = new Outcome<>();
        contexts.execute(() -> outcome.run(transactions, work));
        return outcome.get();
    }

    /** The result of one transaction, kept here because an executor may wrap exceptions. */
    private static final class Outcome<T> {
        private final List<T> result = new ArrayList<>(1);
        private @Nullable RuntimeException failure;
        private @Nullable Error error;

        void run(Transactions transactions, Work<T> work) {
            try {
                result.add(transactions.run(work));
            } catch (RuntimeException e) {
                failure = e;
            } catch (Error e) {
                error = e;
            }
        }

        T get() {
            if (failure != null) {
                throw failure;
            }
            if (error != null) {
                throw error;
            }
            return result.getFirst();
        }
    }
}
