package dev.lockstep.api.access;

import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Operation;
import dev.lockstep.api.RoomId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody asked for, and what came of it; no payload. Fired as a CDI event after the answer, while somebody
 * observes it: with {@code @ObservesAsync}, in a jar of the EAR's library. Observers are called one event after another,
 * on a thread of their own; when they are too slow, events are left out, and the server's log says how many.
 *
 * @param at when the answer was known
 * @param refusal why it was not done; empty if it was
 */
public record AuditEvent(
        Instant at,
        Caller caller,
        RoomId room,
        Operation operation,
        Set<CollectionName> collections,
        Optional<ErrorCode> refusal) {
    public AuditEvent {
        collections = Set.copyOf(collections);
    }
}
