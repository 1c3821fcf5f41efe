package dev.lockstep.access.chain;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.SyncException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outcome of a request. */
final class Outcome {
    private Outcome() {}

    /** The code of the refusal; empty if the request succeeded. */
    static Optional<ErrorCode> refusal(@Nullable Object result, @Nullable Throwable failure) {
        if (failure != null) {
            return Optional.of(
                    failure instanceof SyncException refused ? refused.refusal().code() : ErrorCode.INTERNAL);
        }
        return result instanceof MutationResult.Refused refused
                ? Optional.of(refused.refusal().code())
                : Optional.empty();
    }
}
