package dev.lockstep.mutation;

import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationId;

/**
 * Where a mutation comes from, as finely as its dialect tells: its caller's client; where clients have no ids, all that
 * the caller does in the room. Anonymous callers of one room are one origin.
 */
public record FaultSource(String application, String caller, String client) {
    /**
     * Where a fault comes from: clients and rooms are the sender's to choose, and he could choose another each time, so a
     * known caller is one origin.
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
