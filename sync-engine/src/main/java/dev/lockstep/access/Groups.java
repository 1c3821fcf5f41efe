package dev.lockstep.access;

import dev.lockstep.api.Access;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.identity.GroupResolver;
import dev.lockstep.api.identity.Memberships;
import dev.lockstep.collection.ApplicationBeans;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The groups of callers. Blocks on the database. Thread-safe. */
@ApplicationScoped
public class Groups {
    private Map<String, GroupResolver> resolvers = Map.of();

    @Inject
    private Memberships memberships;

    @Inject
    @Any
    private Instance<GroupResolver> declared;

    /** The groups of a caller at the time of a request. */
    private record KnownGroups(Set<String> groups) {}

    @PostConstruct
    void find() {
        resolvers = ApplicationBeans.singleByApplication(GroupResolver.class, declared);
    }

    /** Creates this bean at the start of the engine: an invalid resolver fails the deployment, not the first request. */
    public void prepare() {}

    /** The groups of a request's caller; looked up once per {@link Access#context}. */
    public Set<String> of(Access access) {
        return access.context()
                .get(KnownGroups.class, () -> new KnownGroups(of(access.caller())))
                .groups();
    }

    /** A context for another room that keeps only the groups: a role holds in one room only. */
    public static AccessContext contextOfOtherRoom(AccessContext context) {
        AccessContext other = new AccessContext();
        context.get(KnownGroups.class).ifPresent(known -> other.put(KnownGroups.class, known));
        return other;
    }

    /**
     * The current names of the rooms of a caller's groups: those of the {@link GroupResolver}, those of
     * {@link Memberships}, and the user's {@linkplain RoomId#own own}; none, if anonymous.
     *
     * @throws SyncException if the database cannot be reached
     * @throws RuntimeException an exception of the application's resolver
     */
    public Set<String> of(Caller caller) {
        Set<String> groups = new LinkedHashSet<>();
        caller.subject().ifPresent(subject -> {
            GroupResolver resolver = resolvers.get(caller.application());
            Collection<String> resolved = resolver == null ? List.of() : resolver.groupsOf(caller);
            resolved.forEach(group -> groups.add(requireNotOwn(new RoomId(caller.application(), group))));
            memberships.groupsOf(caller.application(), subject).stream()
                    .filter(group -> !new RoomId(caller.application(), group).isOwn())
                    .forEach(groups::add);
            groups.add(RoomId.own(caller.application(), subject).name());
        });
        return groups;
    }

    private static String requireNotOwn(RoomId group) {
        if (group.isOwn()) {
            throw new IllegalArgumentException("a GroupResolver returned the group '" + group.name()
                    + "': names with this prefix belong to users' own rooms; choose another name");
        }
        return group.name();
    }

    /**
     * The groups of a caller by their names on the wire, for dialects where each user is in a group of the user's own
     * name. That group is the user's own room; a room that is really named so is hidden from this user.
     */
    public List<String> named(Caller caller) {
        return names(caller, of(caller));
    }

    /** The groups of a request's caller, as {@link #named(Caller)}; looked up once per context. */
    public List<String> named(Access access) {
        return names(access.caller(), of(access));
    }

    private static List<String> names(Caller caller, Set<String> rooms) {
        return rooms.stream()
                .map(room -> name(new RoomId(caller.application(), room)))
                .distinct()
                .toList();
    }

    /** The room of a group by its name on the wire. */
    public static RoomId room(Caller caller, String group) {
        return caller.subject().filter(group::equals).isPresent()
                ? RoomId.own(caller.application(), group)
                : new RoomId(caller.application(), group);
    }

    /** A group's name on the wire, by its room. */
    public static String name(RoomId room) {
        return room.owner().orElse(room.name());
    }
}
