package dev.lockstep.api;

import java.util.concurrent.CompletionStage;

/**
 * Applies mutations. Inject it to change collections from application code; access rules are not asked then, the
 * caller is trusted.
 */
public interface Mutations {
    /**
     * Queues a mutation. Never blocks. The stage completes after the mutation's transaction is durable; sessions are told of
     * it after its continuations have run, or after 3 ms. Refusals are values, and the stage itself completes exceptionally
     * only with a {@link SyncException} for faults of the server.
     *
     * <p>Continuations run on threads of the engine's for application code, 4 at a time for each room, and may block: other
     * rooms, answers and frames go on. If 10,000 answers of a room wait for such a thread, a further mutation is refused as
     * {@link ErrorCode#OVERLOADED}.
     */
    CompletionStage<MutationResult> submit(Mutation mutation);

    /**
     * Queues what this thread submits meanwhile at once, when it has submitted the last: mutations that are each their own
     * are committed together then, and wait for the disk once. Also if it throws; then what it had submitted is queued.
     */
    void together(Runnable submitting);
}
