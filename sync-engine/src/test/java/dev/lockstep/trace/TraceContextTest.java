package dev.lockstep.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TraceContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    @Test
    @Tag("OPS15")
    @DisplayName("[OPS15] the valid ids of a request continue its trace")
    void valid() {
        assertThat(TraceContext.of(TRACE, PARENT)).contains(new TraceContext(TRACE, PARENT));
        assertThat(TraceContext.of(TRACE, PARENT).orElseThrow()).hasToString("trace=" + TRACE + " parent=" + PARENT);
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
            assertThat(TraceContext.of(traceId, PARENT)).isEmpty();
        }
        for (String parentId : Arrays.asList(null, "livestore-noop-span-id", "0".repeat(16), PARENT + "0")) {
            assertThat(TraceContext.of(TRACE, parentId)).isEmpty();
        }
    }

    @Test
    @Tag("OPS15")
    @DisplayName("[OPS15] a header traceparent is read as W3C Trace Context says")
    void header() {
        Optional<TraceContext> expected = Optional.of(new TraceContext(TRACE, PARENT));

        assertThat(TraceContext.ofTraceparent("00-" + TRACE + "-" + PARENT + "-01"))
                .isEqualTo(expected);
        assertThat(TraceContext.ofTraceparent("01-" + TRACE + "-" + PARENT + "-00-more"))
                .isEqualTo(expected);
        for (String header : Arrays.asList(
                null,
                "",
                "ff-" + TRACE + "-" + PARENT + "-01",
                "00-" + TRACE + "-" + PARENT,
                "00-" + "0".repeat(32) + "-" + PARENT + "-01")) {
            assertThat(TraceContext.ofTraceparent(header)).isEmpty();
        }
    }
}
