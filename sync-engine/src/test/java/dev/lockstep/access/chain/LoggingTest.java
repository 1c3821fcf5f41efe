package dev.lockstep.access.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Operation;
import dev.lockstep.api.access.AccessPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LoggingTest {
    private static final Logger LOG = Logger.getLogger("dev.lockstep.access");

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage().replaceAll("[0-9]+ms", "0ms"));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(handler);
    }

    /** The result of a request is logged on another thread than the one that receives it. */
    private void awaitLines(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (lines.size() < count && System.nanoTime() - deadline < 0) {
            Thread.sleep(1);
        }
    }

    @Test
    @Tag("ACC4")
    @DisplayName("[ACC4] a policy can log requests: operation, room, caller, duration, no payload")
    void logs() throws InterruptedException {
        AccessPolicy policy =
                AccessPolicy.builder().requireAuthentication().logging().build();
        try (AccessChainFixture chain = AccessChainFixture.under(policy)) {
            chain.submit(Request.by(AccessChainFixture.user("ann"))
                    .of(Operation.INSERT, "tasks", Map.of("title", "a secret")));
            chain.submit(Request.anonymous().of(Operation.BULK_DELETE, "tasks"));
            awaitLines(4);
        }

        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "insert on tasks room=workshop/p1 caller=ann",
                        "Completed in 0ms (insert on tasks room=workshop/p1 caller=ann)",
                        "bulk-delete on tasks room=workshop/p1 caller=anonymous",
                        "Failed after 0ms: UNAUTHENTICATED (bulk-delete on tasks room=workshop/p1 caller=anonymous)");
    }

    @Test
    @Tag("ACC4")
    @DisplayName("[ACC4] no request is logged by default")
    void silent() {
        try (AccessChainFixture chain = AccessChainFixture.under(
                AccessPolicy.builder().requireAuthentication().build())) {
            chain.submit(Request.anonymous().of(Operation.UPDATE, "tasks"));
        }

        assertThat(lines).isEmpty();
    }
}
