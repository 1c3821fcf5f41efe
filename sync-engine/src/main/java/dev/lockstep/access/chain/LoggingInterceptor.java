package dev.lockstep.access.chain;

import dev.lockstep.access.policy.CollectionAccess;
import dev.lockstep.access.policy.Policies;
import dev.lockstep.api.Access;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Operation;
import dev.lockstep.api.access.AccessOrder;
import dev.lockstep.api.access.Guarded;
import dev.lockstep.execution.EngineExecutor;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The step that logs requests with their outcome, where the policy says so; ids and codes, no payload. */
@Guarded
@Interceptor
@Priority(AccessOrder.LOGGING)
class LoggingInterceptor extends ObservingInterceptor {
    private static final Logger LOG = System.getLogger("dev.lockstep.access");

    @Inject
    private Policies policies;

    @Inject
    private EngineExecutor executor;

    @Override
    boolean isInterested(Access access) {
        return policies.of(access).logs();
    }

    @Override
    void onRequest(Access access) {
        LOG.log(Level.INFO, () -> describe(access));
    }

    @Override
    void onAnswer(Access access, @Nullable Object result, @Nullable Throwable failure, long startedNanos) {
        long millis = Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
        Optional<ErrorCode> refusal = Outcome.refusal(result, failure);
        // Not on this thread, which may be the publisher's: writing the log may be slow.
        executor.execute(() -> LOG.log(
                Level.INFO,
                () -> refusal.map(code -> "Refused after " + millis + " ms: " + code)
                                .orElse("Completed in " + millis + " ms")
                        + " (" + describe(access) + ")"));
    }

    private static String describe(Access access) {
        String subject = access.operation() == Operation.SUBSCRIBE
                ? "room"
                : access.collections().stream()
                        .map(CollectionName::value)
                        .sorted()
                        .collect(Collectors.joining(", "));
        return CollectionAccess.word(access.operation()) + " on " + subject + " room=" + access.room() + " caller="
                + access.caller().subject().orElse("anonymous");
    }
}
