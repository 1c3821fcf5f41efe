package dev.lockstep.wire.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.database.DatabaseFailures;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.CorsPolicy;
import dev.lockstep.wire.http.FailureMapper;
import dev.lockstep.wire.http.Origins;
import dev.lockstep.wire.identity.Resolvers.Identified;
import dev.lockstep.wire.json.RefusalJson;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filter that authenticates each request to REST, pages and sockets, before any endpoint runs. Handshakes of sockets are
 * refused here, in plain HTTP.
 */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class IdentityFilter extends HttpFilter {
    /** Methods that change nothing (RFC 9110, section 9.2.1). */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final Logger LOG = System.getLogger(IdentityFilter.class.getName());

    @Inject
    private transient Resolvers resolvers;

    @Inject
    private transient BasicIdentity basic;

    @Inject
    private transient Origins origins;

    @Inject
    private transient CorsPolicy corsPolicy;

    @Inject
    private transient ServedApplication application;

    @Inject
    private transient Proxies proxies;

    @Inject
    @Any
    private transient Instance<DialectAuthentication> declaredDialects;

    @Inject
    @Any
    private transient Instance<UpgradeCheck> declaredUpgradeChecks;

    private transient List<DialectAuthentication> dialectAuthentications = List.of();
    private transient List<UpgradeCheck> upgradeChecks = List.of();

    @Override
    public void init() {
        dialectAuthentications = declaredDialects.stream().toList();
        upgradeChecks = declaredUpgradeChecks.stream().toList();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Credentials sent = RequestCredentials.of(request, application.name());
        String path = path(request);
        Optional<DialectAuthentication> dialectAuthentication =
                dialectAuthentications.stream().filter(each -> each.isAt(path)).findFirst();
        Credentials credentials =
                dialectAuthentication.map(each -> each.credentials(sent)).orElse(sent);
        Identified identified;
        try {
            Identified found = resolvers.identify(credentials);
            identified = dialectAuthentication
                            .filter(each -> !each.acceptsBrowserCredentials())
                            .isPresent()
                    ? new Identified(found.identity(), false)
                    : found;
        } catch (RuntimeException e) {
            log(e);
            response.setHeader("Retry-After", String.valueOf(FailureMapper.RETRY_AFTER.toSeconds()));
            answer(request, response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Service Unavailable");
            return;
        }
        Optional<String> dialectRefusal =
                dialectAuthentication.flatMap(each -> each.refuses(credentials, identified.identity()));
        if (dialectRefusal.isPresent()) {
            answer(request, response, HttpServletResponse.SC_UNAUTHORIZED, "application/json", dialectRefusal.get());
            return;
        }
        Optional<String> challenge = refusal(request, credentials, identified, dialectAuthentication.isPresent());
        if (challenge.isPresent()) {
            if (!challenge.get().isEmpty()) {
                response.setHeader("WWW-Authenticate", challenge.get());
            }
            answer(request, response, HttpServletResponse.SC_UNAUTHORIZED, "Unauthorized");
            return;
        }
        Optional<Refusal> refusal =
                origin(request, credentials, identified).or(() -> upgrade(request, credentials, identified));
        if (refusal.isPresent()) {
            refuse(request, response, refusal.get());
        } else {
            request.setAttribute(ServedApplication.IDENTITY, identified.identity());
            if (isGuarded(request)) {
                // Otherwise a browser could show its cached page after its user has signed out.
                response.setHeader("Cache-Control", "no-cache");
            }
            chain.doFilter(
                    identified.identity() instanceof Identity.Known known
                            ? new AuthenticatedRequest(request, known)
                            : request,
                    response);
        }
    }

    private static void log(RuntimeException failure) {
        String what = "An identity resolver failed; the request is refused with 503";
        if (DatabaseFailures.isTransient(failure)) {
            DatabaseFailures.report(what, failure);
        } else {
            LOG.log(Level.WARNING, what, failure);
        }
    }

    /** The challenge of a refused request, possibly an empty text; {@code Optional.empty()} if the request continues. */
    private Optional<String> refusal(
            HttpServletRequest request, Credentials credentials, Identified identified, boolean isDialects) {
        if (!(identified.identity() instanceof Identity.Known) && isGuarded(request)) {
            return Optional.of(basic.challenge().orElse(""));
        }
        if (isDialects || !(identified.identity() instanceof Identity.Refused refused)) {
            return Optional.empty();
        }
        // A browser sends an expired cookie with every request, also to the page where its user signs in. The request
        // is refused only when an endpoint needs the caller.
        boolean isDeferred =
                identified.isSentByBrowsers() && refused.challenge().isEmpty() && !credentials.isUpgrade();
        return isDeferred ? Optional.empty() : Optional.of(refused.challenge().orElse(""));
    }

    private boolean isGuarded(HttpServletRequest request) {
        return basic.guards(request.getMethod(), path(request));
    }

    private static String path(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    /** The refusal of a request because of its page's origin; empty if the origin is allowed. */
    private Optional<Refusal> origin(HttpServletRequest request, Credentials credentials, Identified identified) {
        boolean changes = !SAFE.contains(request.getMethod());
        if (!credentials.isUpgrade() && !(changes && identified.isSentByBrowsers())) {
            return Optional.empty();
        }
        String target = proxies.target(
                request.getRemoteAddr(),
                request.getScheme(),
                credentials.header("Host").orElse(""),
                credentials::header);
        Optional<String> origin = credentials.header("Origin");
        boolean isSentByBrowsers = identified.isSentByBrowsers() && !CrossSite.isExcluded(credentials);
        return origins.mayAct(origin, target, isSentByBrowsers)
                ? Optional.empty()
                : Optional.of(CrossSite.refusal(origin, credentials.isUpgrade()));
    }

    private Optional<Refusal> upgrade(HttpServletRequest request, Credentials credentials, Identified identified) {
        if (!credentials.isUpgrade()) {
            return Optional.empty();
        }
        String path = request.getRequestURI().substring(request.getContextPath().length()); // not decoded
        Caller caller = identified.identity() instanceof Identity.Known known
                ? known.caller()
                : Caller.anonymous(application.name());
        return upgradeChecks.stream()
                .flatMap(each -> each.refuses(path, caller, credentials).stream())
                .findFirst();
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) throws IOException {
        if (refusal.code() == ErrorCode.UNAUTHENTICATED) {
            basic.challenge().ifPresent(challenge -> response.setHeader("WWW-Authenticate", challenge));
        }
        answer(request, response, refusal.code().status(), "application/json", RefusalJson.of(refusal));
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, int status, String text)
            throws IOException {
        answer(request, response, status, "text/plain", text);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, int status, String type, String text)
            throws IOException {
        String origin = request.getHeader("Origin");
        String path = path(request);
        boolean isOpen =
                dialectAuthentications.stream().anyMatch(each -> each.isAt(path) && each.isReadableByAllOrigins());
        (isOpen ? corsPolicy.openReadingHeaders(origin) : corsPolicy.readingHeaders(origin))
                .forEach(response::setHeader);
        if (corsPolicy.isCrossOrigin()) {
            response.addHeader("Vary", "Origin");
        }
        response.setStatus(status);
        response.setContentType(type);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(text);
    }

    /** Request with the caller as its principal, for JAX-RS and the session of a socket. */
    private static final class AuthenticatedRequest extends HttpServletRequestWrapper {
        private final CallerPrincipal principal;

        AuthenticatedRequest(HttpServletRequest request, Identity.Known known) {
            super(request);
            principal = new CallerPrincipal(known);
        }

        @Override
        public Principal getUserPrincipal() {
            return principal;
        }

        @Override
        public boolean isUserInRole(String role) {
            return principal.isInRole(role);
        }

        @Override
        public @Nullable String getRemoteUser() {
            return principal.getName();
        }
    }
}
