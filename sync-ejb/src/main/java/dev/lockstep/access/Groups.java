package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.GroupResolver;
import dev.lockstep.api.identity.Memberships;
import dev.lockstep.collection.ApplicationBeans;
import dev.lockstep.database.ServerResources;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which groups callers are in. Blocks on the database; thread-safe. */
@ApplicationScoped
public class Groups {
    private Map<String, GroupResolver> resolvers = Map.of();

    @Inject
    private Memberships memberships;

    @Inject
    @Any
    private Instance<GroupResolver> declared;

    /** The groups of a caller at the time of a request. */
    private record Known(Set<String> groups) {}

    @PostConstruct
    void find() {
        resolvers = ApplicationBeans.singleByApplication(GroupResolver.class, declared);
    }

    /** Found when the engine starts, so that two of them fail the deployment and not the first request. */
    void findEarly(@Observes ServerResources starting) {}

    /** The groups of a request's caller; looked up once for each {@link Access#context}. */
    public Set<String> of(Access access) {
        return access.context()
                .get(Known.class, () -> new Known(of(access.caller())))
                .groups();
    }

    /** What is known of a request in another room: nothing but the groups, for a role holds in one room only. */
    public static AccessContext elsewhere(AccessContext context) {
        AccessContext other = new AccessContext();
        context.get(Known.class).ifPresent(known -> other.put(Known.class, known));
        return other;
    }

    /**
     * The names of the rooms of a caller's groups as they are now: what the application says, what was joined, and the
     * user's {@linkplain RoomId#own own}; none, if anonymous.
     *
     * @throws SyncException if the database is away
     * @throws RuntimeException whatever the application throws that cannot say it
     */
    public Set<String> of(Caller caller) {
        Set<String> groups = new LinkedHashSet<>();
        caller.subject().ifPresent(subject -> {
            GroupResolver resolver = resolvers.get(caller.application());
            Collection<String> told = resolver == null ? List.of() : resolver.groupsOf(caller);
            told.forEach(group -> groups.add(requireNobodysOwn(new RoomId(caller.application(), group))));
            memberships.groupsOf(caller.application(), subject).stream()
                    .filter(group -> !new RoomId(caller.application(), group).isOwn())
                    .forEach(groups::add);
            groups.add(RoomId.own(caller.application(), subject).name());
        });
        return groups;
    }

    private static String requireNobodysOwn(RoomId group) {
        if (group.isOwn()) {
            throw new IllegalArgumentException("a GroupResolver names the group '" + group.name()
                    + "': such names are those of users' own rooms; give it another");
        }
        return group.name();
    }

    /**
     * The groups of a caller by the names that clients know, for dialects where each user is in a group of the user's own
     * name: that is the user's own room. A group that has the same name is not shown to this user.
     */
    public List<String> named(Caller caller) {
        return names(caller, of(caller));
    }

    /** The same, as known for a request. */
    public List<String> named(Access access) {
        return names(access.caller(), of(access));
    }

    private static List<String> names(Caller caller, Set<String> rooms) {
        return rooms.stream()
                .map(room -> name(new RoomId(caller.application(), room)))
                .distinct()
                .toList();
    }

    /** The room of a group by the name that its clients know. */
    public static RoomId room(Caller caller, String group) {
        return caller.subject().filter(group::equals).isPresent()
                ? RoomId.own(caller.application(), group)
                : new RoomId(caller.application(), group);
    }

    /** The name by which clients know the group of a room. */
    public static String name(RoomId room) {
        return room.owner().orElse(room.name());
    }
}
