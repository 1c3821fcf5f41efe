package dev.lockstep.wire.identity;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.identity.Credentials;
import java.util.Optional;
import java.util.Set;

/** Recognises requests that another site has a browser send (rules ID5 and ID7). */
final class CrossSite {
    /** The values of browsers for a request that a page of another origin makes (Fetch Metadata, section 2.1). */
    private static final Set<String> OTHERS = Set.of("cross-site", "same-site");

    /** Longest origin that is shown in a refusal. */
    private static final int ORIGIN_CHARACTERS_MAX = 100;

    private CrossSite() {}

    /**
     * Whether no browser sends the request for another site: it says in a header of its own who it is, and browsers would
     * send an {@code Origin} beside that.
     */
    static boolean isExcluded(Credentials credentials) {
        return credentials.header("Origin").isEmpty()
                && credentials.header("Authorization").isPresent()
                && credentials.header("Sec-Fetch-Site").filter(OTHERS::contains).isEmpty();
    }

    /** The sentence for a request that may be another site's. */
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
