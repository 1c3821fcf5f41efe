package dev.lockstep.wire.cfsync;

import dev.lockstep.wire.http.AcceptEncoding;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compression of large answers, for clients that accept gzip. */
@Provider
@ApplicationScoped
public class CfSyncCompression implements ContainerResponseFilter, WriterInterceptor {
    private static final String COMPRESS = CfSyncCompression.class.getName();
    private static final String GZIP = "gzip";

    @Inject
    private CfSyncSettings settings;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (bytes(response) >= settings.gzipBytesMin()) {
            response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            if (AcceptEncoding.hasGzip(request.getHeaderString(HttpHeaders.ACCEPT_ENCODING))) {
                request.setProperty(COMPRESS, true);
                response.getHeaders().putSingle(HttpHeaders.CONTENT_ENCODING, GZIP);
                response.getHeaders().remove(HttpHeaders.CONTENT_LENGTH);
            }
        }
    }

    private static long bytes(ContainerResponseContext response) {
        return response.getEntity() instanceof byte[] bytes ? bytes.length : response.getLength();
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext answer) throws IOException {
        if (answer.getProperty(COMPRESS) == null) {
            answer.proceed();
            return;
        }
        OutputStream plain = answer.getOutputStream();
        FastGzip gzip = new FastGzip(plain);
        answer.setOutputStream(gzip);
        try {
            answer.proceed();
            gzip.finish();
        } finally {
            gzip.end();
            answer.setOutputStream(plain);
        }
    }

    /** GZIP with the fastest level, which compresses lists of similar rows nearly as well as the others. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }

        /** Releases the memory outside the heap, about 260 KB. The server closes the stream below. */
        void end() {
            def.end();
        }
    }
}
