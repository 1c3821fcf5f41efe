package dev.lockstep.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;

/**
 * Transactions in which the engine runs application code: changes of entities are logged and delivered, as in an
 * application's own transaction. In other transactions of the engine they are not.
 */
@ApplicationScoped
@Typed(LoggedTransactions.class) // injected by its own type only: other transactions are not logged
public class LoggedTransactions implements Transactions {
    @Inject
    private JtaTransactions transactions;

    @Override
    public <T> T run(Work<T> work) {
        return transactions.run(work, false);
    }
}
