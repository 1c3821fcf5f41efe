package dev.lockstep.mutation;

import dev.lockstep.database.Transactions;
import dev.lockstep.mutation.batch.BatchWriter;
import org.jspecify.annotations.Nullable;

/** Transactions that stop their writer after the current batch, so that a test can run it on its own thread. */
final class OneBatch implements Transactions {
    private final Transactions transactions;
    private @Nullable BatchWriter writer;

    OneBatch(Transactions transactions) {
        this.transactions = transactions;
    }

    void stops(BatchWriter next) {
        writer = next;
    }

    @Override
    public <T> T run(Work<T> work) {
        if (writer != null) {
            writer.stop();
        }
        return transactions.run(work);
    }
}
