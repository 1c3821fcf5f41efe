package dev.lockstep.sample;

import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Produces a policy, as an application does. */
@ApplicationScoped
public class SamplePolicy {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder().requireAuthentication().build();
    }
}
