package dev.lockstep.access.chain;

import dev.lockstep.api.access.AccessPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** A policy whose package belongs to no application. */
@ApplicationScoped
public class PolicyOfNoApplication {
    @Produces
    AccessPolicy policy() {
        return AccessPolicy.builder().build();
    }
}
