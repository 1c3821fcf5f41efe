package dev.lockstep.wire.cfsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CfSyncCompressionTest {
    private static final byte[] ANSWER = "an answer".getBytes(StandardCharsets.UTF_8);

    private final ByteArrayOutputStream left = new ByteArrayOutputStream();
    private final List<OutputStream> streams = new ArrayList<>(List.of(left));

    @FunctionalInterface
    private interface Writer {
        void write(OutputStream out) throws IOException;
    }

    /** A response that is to be compressed. */
    private WriterInterceptorContext answer(Writer writer) {
        return (WriterInterceptorContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {WriterInterceptorContext.class}, (self, method, given) -> {
                    switch (method.getName()) {
                        case "getProperty" -> {
                            return true;
                        }
                        case "getOutputStream" -> {
                            return streams.getLast();
                        }
                        case "setOutputStream" -> streams.add((OutputStream) given[0]);
                        case "proceed" -> writer.write(streams.getLast());
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    @Test
    @Tag("CFS15")
    @DisplayName("[CFS15] a compressed response is complete, and the response's stream is restored")
    void compressed() throws IOException {
        new CfSyncCompression().aroundWriteTo(answer(out -> out.write(ANSWER)));

        assertThat(new GZIPInputStream(new ByteArrayInputStream(left.toByteArray())).readAllBytes())
                .isEqualTo(ANSWER);
        assertThat(streams).hasSize(3).last().isSameAs(left);
    }

    @Test
    @Tag("CFS15")
    @DisplayName("[CFS15] the compressor is closed with its response, also if the client has left")
    void closedWithResponse() {
        assertThatThrownBy(() -> new CfSyncCompression().aroundWriteTo(answer(out -> {
                    throw new IOException("as the test wants it");
                })))
                .isInstanceOf(IOException.class);

        assertThatThrownBy(() -> streams.get(1).write(ANSWER)).hasMessageContaining("closed");
        assertThat(streams).last().isSameAs(left);
    }
}
