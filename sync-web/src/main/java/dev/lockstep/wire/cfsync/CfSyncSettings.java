package dev.lockstep.wire.cfsync;

import dev.lockstep.api.Mutation;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Settings of the native dialect.
 *
 * @param bulkRowsMax most rows in one bulk request, {@code lockstep.cfsync.bulk-rows-max}; more are refused
 * @param gzipBytesMin smallest answer, in bytes, that is compressed for clients that accept gzip,
 *     {@code lockstep.cfsync.gzip-bytes-min}
 * @param openApi whether {@code /openapi} describes the routes to every caller, {@code lockstep.cfsync.openapi}
 * @param healthCollections whether {@code /health} names the collections, {@code lockstep.cfsync.health.collections}
 * @param tokenCookie the cookie that may carry a token, {@code lockstep.jwt.cookie}; the OpenAPI document names it
 */
public record CfSyncSettings(
        int bulkRowsMax, int gzipBytesMin, boolean healthCollections, boolean openApi, Optional<String> tokenCookie) {
    static final String BULK_ROWS_MAX = "lockstep.cfsync.bulk-rows-max";
    static final String GZIP_BYTES_MIN = "lockstep.cfsync.gzip-bytes-min";
    static final String HEALTH_COLLECTIONS = "lockstep.cfsync.health.collections";
    static final String OPEN_API = "lockstep.cfsync.openapi";

    /** The defaults, with the limit of the contract, section 1.4. */
    static final CfSyncSettings DEFAULTS = new CfSyncSettings(100, 1024, true, false, Optional.empty());

    /** @throws IllegalArgumentException if the limit of a bulk is under 1, or over the limit of a mutation */
    public CfSyncSettings {
        if (bulkRowsMax < 1 || bulkRowsMax > Mutation.CHANGES_MAX) {
            throw new IllegalArgumentException(
                    BULK_ROWS_MAX + " is " + bulkRowsMax + ": it must be 1 to " + Mutation.CHANGES_MAX);
        }
    }

    /** The configured settings. */
    public static CfSyncSettings of(Config config) {
        return new CfSyncSettings(
                config.getOptionalValue(BULK_ROWS_MAX, Integer.class).orElse(DEFAULTS.bulkRowsMax()),
                config.getOptionalValue(GZIP_BYTES_MIN, Integer.class).orElse(DEFAULTS.gzipBytesMin()),
                config.getOptionalValue(HEALTH_COLLECTIONS, Boolean.class).orElse(DEFAULTS.healthCollections()),
                config.getOptionalValue(OPEN_API, Boolean.class).orElse(DEFAULTS.openApi()),
                config.getOptionalValue("lockstep.jwt.cookie", String.class));
    }
}
