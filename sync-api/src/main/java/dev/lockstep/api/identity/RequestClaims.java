package dev.lockstep.api.identity;

import dev.lockstep.api.Caller;
import java.util.Map;

/**
 * Claims that an application adds to its callers from the request: a header, a cookie, a query parameter. Access rules, read
 * filters, hooks, handlers and audience functions find them in {@link Caller#claims}. CDI beans in an application's packages.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class Language implements RequestClaims {
 *     @Override
 *     public Map<String, Object> claims(Credentials request, Caller caller) {
 *         return Map.of("language", request.header("Accept-Language").orElse("en"));
 *     }
 * }
 * }</pre>
 *
 * <p>Called for each request and each handshake whose caller an {@link IdentityResolver} knows; anonymous callers have no claims.
 * A socket keeps the claims of its handshake until it renews its token: a renewal is no request, and its caller has the
 * token's claims alone. A client chooses what it sends, so a rule must not take such a claim for a proof.
 *
 * <p>Called from many threads at once; may block briefly. If it throws, the answer is 503.
 */
@FunctionalInterface
public interface RequestClaims {
    /**
     * The claims to add. The claims that the caller has already win, so that a request cannot replace those of an issuer.
     *
     * @param request what the dialect accepts of the request: some take no cookies
     * @return names, and values without {@code null}
     */
    Map<String, Object> claims(Credentials request, Caller caller);
}
