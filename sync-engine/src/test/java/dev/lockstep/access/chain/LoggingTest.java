package dev.lockstep.access.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Operation;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.trace.RecordedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LoggingTest {
    private final RecordedLog log = new RecordedLog("dev.lockstep.access");

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    @Tag("ACC4")
    @DisplayName("[ACC4] a policy can log requests: operation, room, caller, duration, no payload")
    void logs() throws InterruptedException {
        AccessPolicy policy =
                AccessPolicy.builder().requireAuthentication().logging().build();
        List<String> lines;
        try (AccessChainFixture chain = AccessChainFixture.under(policy)) {
            chain.submit(Request.by(AccessChainFixture.user("ann"))
                    .of(Operation.INSERT, "tasks", Map.of("title", "a secret")));
            chain.submit(Request.anonymous().of(Operation.BULK_DELETE, "tasks"));
            // The result of a request is logged on another thread than the one that receives it.
            lines = log.awaitLines(4);
        }

        assertThat(lines)
                .map(line -> line.replaceAll("[0-9]+ ms", "0 ms"))
                .containsExactlyInAnyOrder(
                        "insert on tasks room=workshop/p1 caller=ann",
                        "Completed in 0 ms (insert on tasks room=workshop/p1 caller=ann)",
                        "bulk-delete on tasks room=workshop/p1 caller=anonymous",
                        "Refused after 0 ms: UNAUTHENTICATED (bulk-delete on tasks room=workshop/p1 caller=anonymous)");
    }

    @Test
    @Tag("ACC4")
    @DisplayName("[ACC4] no request is logged by default")
    void silent() {
        try (AccessChainFixture chain = AccessChainFixture.under(
                AccessPolicy.builder().requireAuthentication().build())) {
            chain.submit(Request.anonymous().of(Operation.UPDATE, "tasks"));
        }

        assertThat(log.lines()).isEmpty();
    }
}
