package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.MutationResult.Applied;
import dev.lockstep.api.MutationResult.Refused;
import dev.lockstep.api.Row;
import java.util.Collections;
import java.util.Optional;

/** Accessors for results. */
public final class Results {
    private Results() {}

    public static boolean isApplied(MutationResult answer) {
        return answer instanceof Applied;
    }

    public static Applied applied(MutationResult answer) {
        if (answer instanceof Applied applied) {
            return applied;
        }
        throw new AssertionError("was refused: " + answer);
    }

    public static Refused refused(MutationResult answer) {
        if (answer instanceof Refused refused) {
            return refused;
        }
        throw new AssertionError("was applied: " + answer);
    }

    public static ErrorCode code(MutationResult answer) {
        return refused(answer).refusal().code();
    }

    /** The same result for a duplicate. */
    static MutationResult again(MutationResult answer) {
        return answer instanceof Applied applied ? applied.again() : answer;
    }

    /** The same result for a different request with the same id. */
    static MutationResult toAnotherRequest(MutationResult answer, Mutation mutation) {
        return answer instanceof Applied applied
                ? new Applied(
                                applied.last(),
                                Collections.nCopies(mutation.changes().size(), Optional.empty()))
                        .again()
                : answer;
    }

    /** The row after the only change of a mutation. */
    public static Optional<String> row(MutationResult answer) {
        return applied(answer).rows().getFirst().map(Row::json);
    }
}
