package dev.lockstep.access.chain;

import dev.lockstep.access.policy.ApplicationRules;
import dev.lockstep.api.Access;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.Guarded;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Optional;

/** The step that evaluates the application's rules. */
@Guarded
@Interceptor
@Priority(AccessOrder.RULES)
class AccessRulesInterceptor extends GuardInterceptor {
    @Inject
    private ApplicationRules rules;

    @Override
    Optional<Refusal> refuses(Access access) {
        return rules.firstRefusal(access);
    }
}
