package dev.lockstep.wire.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header {@code Accept-Encoding} (RFC 9110, section 12.5.3). */
public final class AcceptEncoding {
    private static final String GZIP = "gzip";

    private AcceptEncoding() {}

    /** Whether the header accepts gzip. A missing header does not. */
    public static boolean hasGzip(@Nullable String accepted) {
        for (String coding : accepted == null
                ? new String[0]
                : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.split(";", -1);
            if (parts[0].strip().equals(GZIP)) {
                return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
