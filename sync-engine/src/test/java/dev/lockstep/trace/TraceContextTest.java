package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TraceContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @Test
    @Tag("OPS15")
    @DisplayName("[OPS15] a valid id of a request continues its trace")
    void valid() {
        assertThat(TraceContext.of(TRACE)).contains(new TraceContext(TRACE));
        assertThat(TraceContext.of(TRACE).orElseThrow()).hasToString("trace=" + TRACE);
    }

    @Test
    @Tag("OPS15")
    @DisplayName("[OPS15] missing, malformed and all-zero ids, and those of clients without a tracer, are ignored")
    void invalid() {
        for (String traceId : Arrays.asList(
                null,
                "",
                "livestore-noop-trace-id",
                "0".repeat(32),
                TRACE.toUpperCase(Locale.ROOT),
                TRACE + "0",
                TRACE.substring(1),
                TRACE + "\n")) {
            assertThat(TraceContext.of(traceId)).isEmpty();
        }
    }
}
