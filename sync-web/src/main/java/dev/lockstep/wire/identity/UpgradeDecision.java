package dev.lockstep.wire.identity;

import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The wait of a handshake for the access chain. */
public final class UpgradeDecision {
    /** Longest wait of the handshake for the chain. After it the socket opens, and closes if the chain then refuses. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    private UpgradeDecision() {}

    /** The refusal of a right; empty if it is granted, the chain takes longer, or the client shall try again. Blocks. */
    public static Optional<Refusal> refusal(CompletionStage<?> right) {
        try {
            right.toCompletableFuture().get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException later) {
            return Optional.empty();
        } catch (ExecutionException failed) {
            return failed.getCause() instanceof SyncException refused
                            && !refused.refusal().code().retryable()
                    ? Optional.of(refused.refusal())
                    : Optional.empty();
        }
    }
}
