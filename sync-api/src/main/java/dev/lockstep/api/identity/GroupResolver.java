package dev.lockstep.api.identity;

import dev.lockstep.api.Caller;
import java.util.Collection;

/**
 * Source of a user's groups, in addition to {@link Memberships}. At most one CDI bean of this type in an application's
 * packages. Called for each request, and for sockets when they subscribe and after {@link Callers#rightsChanged}, from
 * many threads at once; may block briefly. If it throws, the request is refused.
 */
@FunctionalInterface
public interface GroupResolver {
    /** The names of the user's groups, which are rooms. */
    Collection<String> groupsOf(Caller caller);
}
