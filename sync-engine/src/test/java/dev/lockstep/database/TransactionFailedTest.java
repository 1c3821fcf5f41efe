package dev.lockstep.database;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TransactionFailedTest {
    private final SQLException taken = new SQLException("taken", "23505");

    private static Optional<String> state(Throwable cause) {
        return new TransactionFailed(cause, true).sql().map(SQLException::getSQLState);
    }

    private static <T extends Throwable> T with(T failure, Throwable suppressed) {
        failure.addSuppressed(suppressed);
        return failure;
    }

    @Test
    @Tag("MUT6")
    @Tag("CW1")
    @DisplayName("[MUT6][CW1] the database's error is found among causes, suppressed and next exceptions at any depth")
    void found() {
        BatchUpdateException batch = new BatchUpdateException("batch", "23505", new int[0]);
        batch.setNextException(taken);
        SQLException silent = new SQLException("without a state");
        silent.initCause(taken);

        assertThat(state(taken)).contains("23505");
        assertThat(new TransactionFailed(new PersistenceException(batch)).sql()).contains(taken);
        assertThat(state(silent)).contains("23505");
        assertThat(state(with(new RollbackException(), new IllegalStateException(new IllegalStateException(taken)))))
                .contains("23505");
        assertThat(state(
                        new IllegalStateException(with(new RollbackException(), with(new RollbackException(), taken)))))
                .contains("23505");
        assertThat(state(with(taken, new SQLException("closed", "08003")))).contains("23505");
        assertThat(state(new RollbackException())).isEmpty();
    }

    @Test
    @Tag("MUT11")
    @Tag("CW1")
    @DisplayName("[MUT11][CW1] a commit is in doubt unless the database reported a rollback")
    void doubt() {
        RollbackException refused = with(new RollbackException(), taken);

        assertThat(new TransactionFailed(refused, true).inDoubt()).isFalse();
        assertThat(new TransactionFailed(new RollbackException(), true).inDoubt())
                .isTrue();
        assertThat(new TransactionFailed(new SQLException("lost", "08006"), true).inDoubt())
                .isTrue();
        assertThat(new TransactionFailed(new SQLException("unknown", "40003"), true).inDoubt())
                .isTrue();
        assertThat(new TransactionFailed(taken).inDoubt()).isFalse();
    }
}
