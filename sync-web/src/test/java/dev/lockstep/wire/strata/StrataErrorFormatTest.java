package dev.lockstep.wire.strata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.http.ResponseSender;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StrataErrorFormatTest {
    private final List<String> said = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private final ServletOutputStream out = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int one) {
            body.write(one);
        }
    };

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, values) -> {
                    if (method.getName().equals("getOutputStream")) {
                        return out;
                    }
                    said.add(method.getName() + " " + Arrays.toString(values));
                    return null;
                });
    }

    private void refuse(Throwable failure) throws IOException {
        new ResponseSender().refuse(response(), failure, StrataErrorFormat.INSTANCE);
    }

    private static Throwable failureOf(ErrorCode code) {
        return BootstrapHandler.withContractErrors(
                        CompletableFuture.failedStage(new SyncException(code, "Too many read")))
                .toCompletableFuture()
                .handle((read, failure) -> failure)
                .join();
    }

    @Test
    @Tag("SNAP4")
    @DisplayName("[SNAP4] a request for many rows above the limit is refused with 429 and a time to retry")
    void tooMany() throws IOException {
        refuse(failureOf(ErrorCode.OVERLOADED));

        assertThat(said)
                .containsExactly(
                        "setHeader [Retry-After, 5]",
                        "setStatus [429]",
                        "setContentType [application/json; charset=utf-8]");
        assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo("{\"error\":\"Too many read\"}");
    }

    @Test
    @Tag("STR12")
    @DisplayName("[STR12] an oversized response is refused permanently")
    void tooLarge() throws IOException {
        refuse(failureOf(ErrorCode.TOO_LARGE));

        assertThat(said).contains("setStatus [413]").noneMatch(each -> each.contains("Retry-After"));
    }
}
