package dev.lockstep.api.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.SyncException;

/** Reports changes of users' identities and rights to the server. A CDI bean. Thread-safe. */
public interface Callers {
    /**
     * Ends all identities of a user that were issued until now. The user's sockets are closed, on this node at once and on
     * other nodes within about one second. The user's tokens and tickets are refused, also after a restart; tokens that
     * are issued from the next second on are accepted. Returns when the change is durable, in a transaction of its own.
     *
     * @param subject the caller's {@link Caller#subject}
     * @throws SyncException as {@code UNAVAILABLE}, if the database cannot be reached; nothing is changed then
     */
    void revoked(String application, String subject);

    /**
     * Applies changed rights of a user. Within a second, the user's sockets on all nodes are paused and checked again by
     * the access chain, as subscriptions with a new context. A paused socket sends nothing; after the check it continues
     * with the rows that the user may read now, or is closed. Call it after the change is committed, because the rules
     * are evaluated again. Returns when it is durable, in a transaction of its own.
     *
     * @param subject the caller's {@link Caller#subject}
     * @throws SyncException as {@code UNAVAILABLE}, if the database cannot be reached; nothing is changed then
     */
    void rightsChanged(String application, String subject);
}
