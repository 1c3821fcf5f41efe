package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.LogEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may see of rooms, of each perhaps something else: some collections, and of some of these only some rows. A row that comes into sight is
 * told as an insert, one that goes out of sight as a delete; of what was never in sight nothing is left but the number of
 * its frame. Immutable; thread-safe, as far as its filters are.
 */
public final class Visibility {
    private static final Visibility NOTHING = new Visibility(Set.of(), false, Map.of(), Map.of());

    private final Set<CollectionName> collections;
    private final boolean unlimited;
    private final Map<CollectionName, Predicate<Row>> filters;
    private final Map<RoomId, Visibility> byRoom;
    private final boolean filtered;

    /** What somebody sees of one action. */
    private enum Seen {
        NUMBER,
        ARRIVAL,
        DEPARTURE,
        ALL
    }

    private Visibility(
            Set<CollectionName> collections,
            boolean unlimited,
            Map<CollectionName, Predicate<Row>> filters,
            Map<RoomId, Visibility> byRoom) {
        this.collections = Set.copyOf(collections);
        this.unlimited = unlimited;
        this.filters = Map.copyOf(filters);
        this.byRoom = Map.copyOf(byRoom);
        this.filtered = !filters.isEmpty() || byRoom.values().stream().anyMatch(Visibility::isFiltered);
    }

    /**
     * A sight.
     *
     * @param all the collections that there are
     * @param open those of them that are in sight
     * @param filters which rows are, of collections of which not all are
     */
    public static Visibility of(
            Set<CollectionName> all, Set<CollectionName> open, Map<CollectionName, Predicate<Row>> filters) {
        return new Visibility(open, filters.isEmpty() && open.containsAll(all), filters, Map.of());
    }

    /** Of these collections everything. */
    public static Visibility of(Set<CollectionName> collections) {
        return new Visibility(collections, false, Map.of(), Map.of());
    }

    /** Of each of these rooms what its own sight shows, and nothing of others. */
    public static Visibility of(Map<RoomId, Visibility> byRoom) {
        Set<CollectionName> anywhere = byRoom.values().stream()
                .flatMap(each -> each.collections.stream())
                .collect(Collectors.toSet());
        boolean unlimited = byRoom.values().stream().allMatch(Visibility::isUnlimited);
        return new Visibility(anywhere, unlimited, Map.of(), byRoom);
    }

    /** What is seen of the room of a commit, which is one room's part of it. */
    private Visibility in(Commit part) {
        return unlimited || byRoom.isEmpty()
                ? this
                : byRoom.getOrDefault(part.actions().getFirst().entry().room(), NOTHING);
    }

    /** Whether everything in the rooms is in sight. */
    boolean isUnlimited() {
        return unlimited;
    }

    /** The collections that are in sight, if only in one of the rooms. */
    public Set<CollectionName> collections() {
        return collections;
    }

    /** Whether rows of a room are in sight, some of them. */
    public boolean isVisible(RoomId room) {
        return !(byRoom.isEmpty() ? this : byRoom.getOrDefault(room, NOTHING))
                .collections()
                .isEmpty();
    }

    /** The same of these rooms, and nothing of others. */
    public Visibility in(Collection<RoomId> rooms) {
        if (byRoom.isEmpty()) {
            return this;
        }
        Map<RoomId, Visibility> some = new HashMap<>(byRoom);
        some.keySet().retainAll(rooms);
        return of(some);
    }

    /** Which rows of a collection are in sight; all, if empty. */
    public Optional<Predicate<Row>> isVisible(CollectionName collection) {
        return collections.contains(collection)
                ? Optional.ofNullable(filters.get(collection))
                : Optional.of(none -> false);
    }

    /** The collections of which somebody knows something else by another sight than by this one: perhaps, if filtered. */
    public Set<CollectionName> collectionsThatDiffer(Visibility other) {
        Set<CollectionName> differences = new HashSet<>(filtered());
        differences.addAll(other.filtered());
        collections.stream().filter(name -> !other.collections.contains(name)).forEach(differences::add);
        other.collections.stream().filter(name -> !collections.contains(name)).forEach(differences::add);
        return differences;
    }

    /** Whether a filter is asked which rows are in sight, somewhere. */
    public boolean isFiltered() {
        return filtered;
    }

    /** Of equal sights the same is seen. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Visibility visibility
                && unlimited == visibility.unlimited
                && collections.equals(visibility.collections)
                && filters.equals(visibility.filters)
                && byRoom.equals(visibility.byRoom);
    }

    @Override
    public int hashCode() {
        return Objects.hash(unlimited, collections, filters, byRoom);
    }

    private Set<CollectionName> filtered() {
        return Stream.concat(Stream.of(this), byRoom.values().stream())
                .flatMap(each -> each.filters.keySet().stream())
                .collect(Collectors.toSet());
    }

    /** What is seen of one room's part of a commit; empty if nothing. */
    public Optional<Commit> of(Commit commit) {
        Visibility here = in(commit);
        return here.isUnlimited() ? Optional.of(commit) : here.limited(commit);
    }

    /** What is seen of commits of which each room has its part, as one of each. */
    public List<Commit> ofAll(List<Commit> parts) {
        List<Commit> seen = new ArrayList<>(parts.size());
        for (Commit part : parts) {
            of(part).ifPresent(seen::add);
        }
        return Commit.joined(seen);
    }

    private Optional<Commit> limited(Commit commit) {
        Optional<Commit> known = commit.of(collections);
        return filters.isEmpty() ? known : known.map(part -> filtered(part, seen(part)));
    }

    /** The same of a delivery: one object for all who see the same. */
    Optional<Delivery> of(Delivery delivery) {
        Visibility here = in(delivery.commit());
        return here.isUnlimited() ? Optional.of(delivery) : here.limited(delivery);
    }

    private Optional<Delivery> limited(Delivery delivery) {
        Optional<Delivery> known = delivery.of(collections);
        return filters.isEmpty() ? known : known.map(this::filtered);
    }

    private Delivery filtered(Delivery delivery) {
        List<Seen> seen = seen(delivery.commit());
        return seen.stream().allMatch(Seen.ALL::equals)
                ? delivery
                : delivery.part(seen, commit -> filtered(commit, seen));
    }

    private List<Seen> seen(Commit commit) {
        return commit.actions().stream().map(action -> seen(action.entry())).toList();
    }

    private Seen seen(LogEntry entry) {
        Predicate<Row> filter = filters.get(entry.collection());
        if (filter == null) {
            return Seen.ALL;
        }
        boolean before = isVisible(filter, entry, entry.rowBefore());
        boolean after = isVisible(filter, entry, entry.rowAfter());
        return switch (entry.kind()) {
            case INSERT -> after ? Seen.ALL : Seen.NUMBER;
            // What the row was before is not known of one that was changed past JPA: its clients may have it.
            case UPDATE, ARCHIVE, UNARCHIVE ->
                after
                        ? before || entry.rowBefore().isEmpty() ? Seen.ALL : Seen.ARRIVAL
                        : before ? Seen.DEPARTURE : Seen.NUMBER;
            case DELETE -> before ? Seen.ALL : Seen.NUMBER;
            case RIGHTS, WITHHELD -> Seen.ALL;
        };
    }

    private static boolean isVisible(Predicate<Row> filter, LogEntry entry, Optional<String> json) {
        return json.map(text -> new Row(entry.collection(), entry.entityId(), text))
                .filter(filter)
                .isPresent();
    }

    private static Commit filtered(Commit commit, List<Seen> seen) {
        List<Action> actions = new ArrayList<>(seen.size());
        for (int i = 0; i < seen.size(); i++) {
            Action action = commit.actions().get(i);
            LogEntry entry = action.entry();
            LogEntry shown = switch (seen.get(i)) {
                case ALL -> entry;
                case ARRIVAL -> entry.as(LogEntry.Kind.INSERT);
                case DEPARTURE -> entry.as(LogEntry.Kind.DELETE);
                case NUMBER -> entry.withheld();
            };
            actions.add(new Action(action.seq(), action.number(), shown));
        }
        return commit.showing(actions);
    }
}
