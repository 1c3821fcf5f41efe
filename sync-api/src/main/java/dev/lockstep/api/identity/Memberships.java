package dev.lockstep.api.identity;

import dev.lockstep.api.Caller;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessPolicy;
import java.util.Set;

/**
 * Who is in which group: a room that its members may enter, where the policy says {@link AccessPolicy.Builder#memberRooms}.
 * A CDI bean; thread-safe. What changes is durable when a method returns, in a transaction of its own, and reaches open
 * sockets within a second: what they may not see any more stops at once, and clients that know of groups are told which
 * they are in.
 */
public interface Memberships {
    /** Most groups of one user. */
    int GROUPS_MAX = 10_000;

    /**
     * A user is in a group from now on; nothing happens if they are already.
     *
     * @param subject the caller's {@link Caller#subject}
     * @param group a room's name
     * @throws IllegalArgumentException if the group cannot be a room
     * @throws SyncException as {@code TOO_LARGE}, if the user is in {@link #GROUPS_MAX} groups; as {@code UNAVAILABLE}, if the
     *     database cannot be reached
     */
    void join(String application, String subject, String group);

    /**
     * A user is not in a group any more; nothing happens if they are not.
     *
     * @throws SyncException as {@code UNAVAILABLE}, if the database cannot be reached
     */
    void leave(String application, String subject, String group);

    /**
     * The groups that a user is in by {@link #join}, in order of joining.
     *
     * @throws SyncException as {@code UNAVAILABLE}, if the database cannot be reached
     */
    Set<String> groupsOf(String application, String subject);
}
