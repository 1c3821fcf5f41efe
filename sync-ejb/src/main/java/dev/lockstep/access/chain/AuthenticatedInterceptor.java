package dev.lockstep.access.chain;

import dev.lockstep.access.policy.Policies;
import dev.lockstep.api.Access;
import dev.lockstep.api.AccessOrder;
import dev.lockstep.api.AccessPolicy;
import dev.lockstep.api.Guarded;
import dev.lockstep.api.Refusal;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Optional;

/** Refuses anonymous callers, where the policy says so. */
@Guarded
@Interceptor
@Priority(AccessOrder.AUTHENTICATED)
class AuthenticatedInterceptor extends GuardInterceptor {
    @Inject
    private Policies policies;

    @Override
    Optional<Refusal> refuses(Access access) {
        AccessPolicy policy = policies.of(access);
        return policy.requiresAuthentication() && access.caller().subject().isEmpty()
                ? Optional.of(Policies.UNAUTHORIZED)
                : Optional.empty();
    }
}
