package dev.lockstep.api;

import java.util.concurrent.CompletionStage;

/**
 * Applies mutations. Inject it to change collections from application code. Access rules do not apply: the application
 * is trusted. Thread-safe.
 */
public interface Mutations {
    /**
     * Queues a mutation. Never blocks. The stage completes after the mutation's transaction is durable. Sessions receive
     * its frames after the continuations of the stage have run, or after 3 ms. A refusal is a value; the stage completes
     * exceptionally only with a {@link SyncException} for a fault of the server.
     *
     * <p>Continuations run on engine threads for application code, at most 4 at a time per room, and may block: other
     * rooms, other results and frames are not delayed. If 10,000 results of a room wait for such a thread, a further
     * mutation is refused as {@link ErrorCode#OVERLOADED}.
     */
    CompletionStage<MutationResult> submit(Mutation mutation);

    /**
     * Runs the block, and queues the mutations that this thread submits in it as one unit when the block ends, also if it
     * throws. Each stays a mutation of its own; they commit in one batch and wait for the disk once.
     */
    void together(Runnable block);
}
