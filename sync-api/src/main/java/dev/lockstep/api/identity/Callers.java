package dev.lockstep.api.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.SyncException;

/** What applications tell the server of their users' identities. A CDI bean. Thread-safe. */
public interface Callers {
    /**
     * A user is to be known no more by what was issued until now: their sockets are closed, on this node at once and on
     * others within a second or so; their tokens and tickets are refused, also after a restart. Tokens that are issued
     * from the next second on are taken. Returns when it is durable, in a transaction of its own.
     *
     * @param subject the caller's {@link Caller#subject}
     * @throws SyncException as {@code UNAVAILABLE}, if the database cannot be reached; nothing is changed then
     */
    void revoked(String application, String subject);

    /**
     * What a user may read has changed: sockets of theirs, on all nodes, are held within a second and judged again by the
     * access chain, as subscriptions with a context of their own. Until then nothing more leaves on them; after it they go
     * on with what may be read by now, or are closed. Call it when the change is committed: rules are asked anew. Returns
     * when it is durable, in a transaction of its own.
     *
     * @param subject the caller's {@link Caller#subject}
     * @throws SyncException as {@code UNAVAILABLE}, if the database cannot be reached; nothing is changed then
     */
    void rightsChanged(String application, String subject);
}
