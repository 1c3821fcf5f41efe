package dev.lockstep.mutation;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;

/**
 * The source of a mutation, as precise as its dialect allows: a client of a caller, or, where clients have no ids, a caller
 * in a room. All anonymous callers of a room are one source.
 */
public record FaultSource(String application, String caller, String client) {
    /**
     * The source of a fault. Senders choose client ids and rooms freely and could vary them, so a known caller is one
     * source.
     */
    public static FaultSource ofFault(Mutation mutation) {
        return mutation.caller()
                .subject()
                .map(subject -> new FaultSource(mutation.room().application(), subject, ""))
                .orElseGet(() -> of(mutation));
    }

    static FaultSource of(Mutation mutation) {
        return new FaultSource(
                mutation.room().application(),
                mutation.caller().subject().orElse(""),
                mutation.id().map(MutationId::client).orElse(mutation.room().name()));
    }
}
