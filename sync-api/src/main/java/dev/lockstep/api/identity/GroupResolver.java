package dev.lockstep.api.identity;

import dev.lockstep.api.Caller;
import java.util.Collection;

/**
 * Says which groups a user is in, besides those that {@link Memberships} knows. At most one CDI bean of this type in an
 * application's packages; asked for each request, and for sockets when they begin to follow and after
 * {@link Callers#rightsChanged}. Called from many threads at once; may block for a moment. If it throws, the request is
 * refused.
 */
@FunctionalInterface
public interface GroupResolver {
    /** The names of the groups, which are rooms. */
    Collection<String> groupsOf(Caller caller);
}
