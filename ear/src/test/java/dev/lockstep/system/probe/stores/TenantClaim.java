package dev.lockstep.system.probe.stores;

import dev.lockstep.api.Caller;
import dev.lockstep.api.identity.Credentials;
import dev.lockstep.api.identity.RequestClaims;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Adds a claim from a header and a parameter of the request. */
@ApplicationScoped
public class TenantClaim implements RequestClaims {
    @Override
    public Map<String, Object> claims(Credentials request, Caller caller) {
        return Map.of(
                "tenant",
                request.header("X-Tenant").orElse("none") + " "
                        + request.parameter("transport").orElse("none"));
    }
}
