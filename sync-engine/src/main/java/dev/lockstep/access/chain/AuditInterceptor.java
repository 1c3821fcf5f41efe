package dev.lockstep.access.chain;

import dev.lockstep.api.Access;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.Guarded;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import org.jspecify.annotations.Nullable;

/** The step that reports every request to the audit trail. */
@Guarded
@Interceptor
@Priority(AccessOrder.AUDIT)
class AuditInterceptor extends ObservingInterceptor {
    @Inject
    private AuditTrail trail;

    @Override
    boolean isInterested(Access access) {
        return trail.isObserved();
    }

    @Override
    void onAnswer(Access access, @Nullable Object result, @Nullable Throwable failure, long startedNanos) {
        trail.record(access, Outcome.refusal(result, failure));
    }
}
