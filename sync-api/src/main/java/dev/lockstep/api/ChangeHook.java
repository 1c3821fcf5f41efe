package dev.lockstep.api;

import java.util.List;
import java.util.Optional;

/**
 * Application code around the mutations that callers ask for, in every dialect. CDI beans in an application's packages,
 * asked in the order of {@code @Priority}. Mutations that application code makes itself have no hooks. Called from many
 * threads at once.
 */
public interface ChangeHook {
    /**
     * Asked for each change, once access was decided and before the row is looked at; a repeat is asked for again. May block
     * for a moment.
     *
     * @param mutation what the change is part of
     * @return the change that is to be made: of the same kind, to the same row
     * @throws SyncException to refuse the mutation, in the caller's words; any other exception refuses it as
     *     {@link ErrorCode#INTERNAL}
     */
    default Change before(Mutation mutation, Change change) {
        return change;
    }

    /**
     * Told once for each mutation, after it is durable, on a thread that may block; not if the server dies in between. The
     * answer waits for it. An exception is a warning to the caller, in these words where it is a {@link SyncException}.
     *
     * @param rows what became of each change, as in {@link MutationResult.Applied}
     */
    default void after(Mutation mutation, List<Optional<Row>> rows) {}
}
