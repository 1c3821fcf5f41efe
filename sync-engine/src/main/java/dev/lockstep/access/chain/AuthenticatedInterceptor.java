package dev.lockstep.access.chain;

import dev.lockstep.access.policy.Policies;
import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.api.access.Guarded;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Optional;

/** The step that refuses anonymous callers, where the policy says so. */
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
