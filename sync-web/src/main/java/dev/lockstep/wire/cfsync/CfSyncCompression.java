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

/** Compresses answers that are worth it, for clients that take it. */
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
        Fast packed = new Fast(plain);
        answer.setOutputStream(packed);
        try {
            answer.proceed();
            packed.finish();
        } finally {
            packed.end();
            answer.setOutputStream(plain);
        }
    }

    /** A list has thousands of rows that look alike: the fastest level does nearly as well as the others. */
    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }

        /** Gives back what it holds outside the heap, about 260 KB; what it writes to is the server's to close. */
        void end() {
            def.end();
        }
    }
}
