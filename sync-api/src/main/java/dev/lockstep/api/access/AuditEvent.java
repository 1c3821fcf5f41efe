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
 * Audit record of one request and its outcome, without payload. Fired as a CDI event after the answer, if it has
 * observers: {@code @ObservesAsync} methods in a jar of the EAR's library. Observers receive one event after another on a
 * thread of their own. If they are too slow, events are dropped, and the server's log states the number.
 *
 * @param at the time of the answer
 * @param refusal the reason of a refusal; empty if the request succeeded
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
