package dev.lockstep.access.chain;

import dev.lockstep.api.Access;
import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.Guarded;
import dev.lockstep.metrics.ApplicationMetrics;
import dev.lockstep.metrics.Metrics;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The step that counts the outcome of every request. */
@Guarded
@Interceptor
@Priority(AccessOrder.COUNT)
class MetricsInterceptor extends ObservingInterceptor {
    @Inject
    private Metrics metrics;

    @Override
    void onAnswer(Access access, @Nullable Object result, @Nullable Throwable failure, long startedNanos) {
        ApplicationMetrics application = metrics.of(access.room().application());
        Optional<ErrorCode> refusal = Outcome.refusal(result, failure);
        if (access instanceof Mutation push && push.changes().getFirst() instanceof Change.Append append) {
            refusal.ifPresentOrElse(
                    application::pushRefused,
                    () -> application.pushApplied(append.events().size()));
        } else if (access instanceof Mutation) {
            refusal.ifPresentOrElse(application::mutationRefused, application::mutationApplied);
        } else {
            refusal.ifPresent(application::refused);
        }
    }
}
