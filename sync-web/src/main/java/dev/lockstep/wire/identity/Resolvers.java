package dev.lockstep.wire.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.Identity;
import dev.lockstep.api.identity.IdentityResolver;
import dev.lockstep.api.identity.RequestClaims;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.collection.ApplicationBeans.ApplicationBean;
import dev.lockstep.wire.application.RuntimeProfile;
import dev.lockstep.wire.application.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Chain of the served application's identity resolvers. The first one that finds credentials decides. Thread-safe. */
@ApplicationScoped
class Resolvers implements CallerTokens {
    @Inject
    @Any
    private Instance<IdentityResolver> declared;

    @Inject
    @Any
    private Instance<RequestClaims> declaredClaims;

    @Inject
    private RuntimeProfile runtimeProfile;

    @Inject
    private ServedApplication application;

    @Inject
    private IdentityValidity validity;

    private volatile List<IdentityResolver> inOrder = List.of();
    private volatile List<RequestClaims> claims = List.of();

    /**
     * The result of a request.
     *
     * @param isSentByBrowsers whether browsers send the deciding credentials by themselves
     */
    record Identified(Identity identity, boolean isSentByBrowsers) {}

    /** Finds the resolvers, before the first request. */
    void find() {
        inOrder = ApplicationBeans.find(declared, application.name(), Resolvers.class.getPackage()).stream()
                .filter(each -> runtimeProfile.allows(each.type()))
                .map(ApplicationBean::bean)
                .toList();
        claims = ApplicationBeans.find(declaredClaims, application.name()).stream()
                .map(ApplicationBean::bean)
                .toList();
    }

    @Override
    public Identity identify(String token) {
        Credentials bearer = new Credentials(
                application.name(), false, Map.of("Authorization", List.of("Bearer " + token)), Map.of(), Map.of());
        return identify(inOrder, bearer, this::isValid).identity();
    }

    private boolean isValid(Identity.Known known) {
        return validity.isValid(known, validity.since(known));
    }

    Identified identify(Credentials credentials) {
        Identified identified = identify(inOrder, credentials, this::isValid);
        return identified.identity() instanceof Identity.Known known
                ? new Identified(withClaims(known, claims, credentials), identified.isSentByBrowsers())
                : identified;
    }

    /** An identity whose caller has the claims of the request, too; those of the identity win. */
    static Identity.Known withClaims(Identity.Known known, List<RequestClaims> claims, Credentials request) {
        Map<String, Object> all = new HashMap<>();
        claims.forEach(each -> all.putAll(each.claims(request, known.caller())));
        if (all.isEmpty()) {
            return known;
        }
        Caller caller = known.caller();
        all.putAll(caller.claims());
        return new Identity.Known(
                new Caller(caller.application(), caller.subject(), all, caller.expiry()), known.issued(), known.key());
    }

    /** @param isValid whether an identity that a resolver found is still valid */
    static Identified identify(
            List<IdentityResolver> inOrder, Credentials credentials, Predicate<Identity.Known> isValid) {
        for (IdentityResolver each : inOrder) {
            switch (each.resolve(credentials)) {
                case Identity.None nothing -> {
                    // the next resolver may find credentials
                }
                case Identity.Known known -> {
                    return new Identified(isValid.test(known) ? known : Identity.refused(), each.isSentByBrowsers());
                }
                case Identity.Refused refused -> {
                    return new Identified(refused, each.isSentByBrowsers());
                }
            }
        }
        return new Identified(new Identity.None(), false);
    }
}
