package dev.lockstep.wire.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.database.TransactionFailed;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FailureMapperTest {
    private static ErrorCode codeOf(Throwable thrown) {
        return FailureMapper.refusal("Request failed with an internal error", thrown)
                .code();
    }

    @Test
    @Tag("OPS8")
    @Tag("CS4")
    @DisplayName("[OPS8][CS4] an unreachable database is answered as UNAVAILABLE, whatever code called it; a fault as "
            + "INTERNAL")
    void unreachableDatabase() {
        SQLException lost = new SQLException("", "57P01");
        assertThat(codeOf(new CompletionException(new ExecutionException(new TransactionFailed(lost)))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(codeOf(new IllegalStateException("an application's resolver", lost)))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(codeOf(new TransactionFailed(new SQLException("", "42P01")))).isEqualTo(ErrorCode.INTERNAL);
        assertThat(codeOf(new CompletionException(new SyncException(ErrorCode.FORBIDDEN, "no"))))
                .isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(codeOf(new CompletionException(new RejectedExecutionException("[OPS10] the server is stopping"))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(codeOf(new NullPointerException())).isEqualTo(ErrorCode.INTERNAL);
    }
}
