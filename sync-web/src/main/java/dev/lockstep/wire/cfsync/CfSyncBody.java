package dev.lockstep.wire.cfsync;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.json.PlainJson;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reader of request bodies. */
final class CfSyncBody {
    private static final String IDENTITY = "identity";

    private CfSyncBody() {}

    /** @throws SyncException if the body is encoded, not declared as JSON, not JSON, or too large */
    static @Nullable Object read(HttpHeaders headers, InputStream body) {
        String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase(IDENTITY)) {
            throw new SyncException(
                    ErrorCode.UNSUPPORTED_ENCODING,
                    "The body is sent with Content-Encoding: " + quoted(encoding)
                            + ", which the server does not read; send it as plain JSON, without Content-Encoding");
        }
        String type = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (type == null || !MediaType.valueOf(type).isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw new SyncException(ErrorCode.MALFORMED, "The body must be JSON: send it as application/json");
        }
        return PlainJson.read(body);
    }

    private static String quoted(String encoding) {
        return encoding.matches("[A-Za-z0-9,;=. -]{1,40}") ? encoding : "a coding of its own";
    }
}
