package dev.lockstep.wire.identity;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.identity.Credentials;
import java.util.Optional;
import java.util.Set;

/** Detection of requests that another site makes a browser send (rules ID5 and ID7). */
final class CrossSite {
    /** Values of {@code Sec-Fetch-Site} for a page of another origin (Fetch Metadata, section 2.1). */
    private static final Set<String> OTHER_ORIGINS = Set.of("cross-site", "same-site");

    /** Longest origin that a refusal quotes. */
    private static final int ORIGIN_CHARACTERS_MAX = 100;

    private CrossSite() {}

    /**
     * Whether the request cannot come from another site's page: it has an {@code Authorization} header without an
     * {@code Origin}, and browsers send both.
     */
    static boolean isExcluded(Credentials credentials) {
        return credentials.header("Origin").isEmpty()
                && credentials.header("Authorization").isPresent()
                && credentials
                        .header("Sec-Fetch-Site")
                        .filter(OTHER_ORIGINS::contains)
                        .isEmpty();
    }

    /** The refusal of a request that may come from another site's page. */
    static Refusal refusal(Optional<String> origin, boolean isUpgrade) {
        String what = isUpgrade ? "open a socket" : "change something";
        return new Refusal(
                ErrorCode.FORBIDDEN,
                origin.map(from -> "Forbidden: pages of the origin " + quoted(from) + " may not " + what
                                + " here; the operator of the server allows an origin by lockstep.origins.allowed")
                        .orElse("Forbidden: a request to " + what + " by a cookie or from another site needs the header"
                                + " Origin, as browsers send it; other clients send an Authorization header instead"));
    }

    private static String quoted(String origin) {
        return origin.length() <= ORIGIN_CHARACTERS_MAX ? "'" + origin + "'" : "that it names";
    }
}
