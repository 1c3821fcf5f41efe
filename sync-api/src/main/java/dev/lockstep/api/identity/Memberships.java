package dev.lockstep.api.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessPolicy;
import java.util.Set;

/**
 * Members of groups. A group is a room that only its members may enter, where the policy has
 * {@link AccessPolicy.Builder#memberRooms}. A CDI bean. Thread-safe.
 *
 * <p>A change is durable when the method returns, in a transaction of its own, and reaches open sockets within a second:
 * delivery of a left group stops at once, and clients that support groups receive the new list of groups.
 */
public interface Memberships {
    /** Most groups of one user. */
    int GROUPS_MAX = 10_000;

    /**
     * Adds a user to a group; has no effect on a member.
     *
     * @param subject the caller's {@link Caller#subject}
     * @param group a room's name
     * @throws IllegalArgumentException if the group is not a valid room name
     * @throws SyncException as {@code TOO_LARGE}, if the user is in {@link #GROUPS_MAX} groups; as {@code UNAVAILABLE}, if the
     *     database cannot be reached
     */
    void join(String application, String subject, String group);

    /**
     * Removes a user from a group; has no effect on a non-member.
     *
     * @throws SyncException as {@code UNAVAILABLE}, if the database cannot be reached
     */
    void leave(String application, String subject, String group);

    /**
     * The user's groups, in the order of {@link #join}.
     *
     * @throws SyncException as {@code UNAVAILABLE}, if the database cannot be reached
     */
    Set<String> groupsOf(String application, String subject);
}
