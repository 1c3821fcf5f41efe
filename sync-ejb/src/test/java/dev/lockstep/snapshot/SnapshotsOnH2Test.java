package dev.lockstep.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.database.TestDatabase;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SnapshotsOnH2Test extends SnapshotsContract {
    @Override
    TestDatabase database() {
        return TestDatabase.h2();
    }

    @Test
    @DisplayName("[SNAP1] H2's REPEATABLE READ is not of one instant over two tables; that is why it is not used")
    void repeatableRead() {
        List<Long> looks = firstAndSecondLook(work -> database().transactions().run(scope -> {
            Connection connection = scope.connection();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try {
                return work.in(scope);
            } finally {
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        }));

        assertThat(looks).containsExactly(1L, 2L);
    }
}
