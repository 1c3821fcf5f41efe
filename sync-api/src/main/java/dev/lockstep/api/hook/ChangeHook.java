package dev.lockstep.api.hook;

import dev.lockstep.api.Change;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Row;
import dev.lockstep.api.SyncException;
import java.util.List;
import java.util.Optional;

/**
 * Application code that runs before and after the mutations of callers, in every dialect. CDI beans in an application's
 * packages, called in the order of {@code @Priority}, from many threads at once. Mutations that application code submits
 * itself do not call hooks.
 */
public interface ChangeHook {
    /**
     * Called for each change, after the access decision and before the row is read; called again for a repeated mutation.
     * May block briefly.
     *
     * @param mutation the mutation that the change is part of
     * @return the change to make: of the same kind, to the same row
     * @throws SyncException to refuse the mutation with this refusal; any other exception refuses it as
     *     {@link ErrorCode#INTERNAL}
     */
    default Change before(Mutation mutation, Change change) {
        return change;
    }

    /**
     * Called once for each mutation after it is durable, on a thread that may block; not called if the server dies in
     * between. The answer to the client waits for it. An exception becomes a warning in that answer, with the message of
     * the {@link SyncException} if it is one.
     *
     * @param rows the result of each change, as in {@link MutationResult.Applied}
     */
    default void after(Mutation mutation, List<Optional<Row>> rows) {}
}
