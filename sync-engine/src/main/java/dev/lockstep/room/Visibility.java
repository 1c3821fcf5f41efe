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
 * The visible part of rooms, possibly different for each: some collections, and of some of these only some rows. Filters
 * state what the caller may see, selections what the client wants of it. A row that becomes visible is sent as an insert,
 * one that becomes invisible as a delete; of an invisible one only the frame number is left. Immutable; thread-safe if its
 * filters are.
 */
public final class Visibility {
    private static final Visibility NOTHING = new Visibility(Set.of(), false, Map.of(), Map.of(), Map.of());

    private final Set<CollectionName> collections;
    private final boolean unlimited;
    private final Map<CollectionName, Predicate<Row>> filters;
    private final Map<CollectionName, Predicate<Row>> selections;
    private final Map<RoomId, Visibility> byRoom;
    private final boolean filtered;

    /** The visible part of one action. */
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
            Map<CollectionName, Predicate<Row>> selections,
            Map<RoomId, Visibility> byRoom) {
        this.collections = Set.copyOf(collections);
        this.unlimited = unlimited;
        this.filters = Map.copyOf(filters);
        this.selections = Map.copyOf(selections);
        this.byRoom = Map.copyOf(byRoom);
        this.filtered = hasFilters() || byRoom.values().stream().anyMatch(Visibility::isFiltered);
    }

    /**
     * The same visibility for all rooms.
     *
     * @param all all collections
     * @param open the visible collections
     * @param filters the visible rows of partly visible collections
     */
    public static Visibility of(
            Set<CollectionName> all, Set<CollectionName> open, Map<CollectionName, Predicate<Row>> filters) {
        return new Visibility(open, filters.isEmpty() && open.containsAll(all), filters, Map.of(), Map.of());
    }

    /** All rows of these collections. */
    public static Visibility of(Set<CollectionName> collections) {
        return new Visibility(collections, false, Map.of(), Map.of(), Map.of());
    }

    /** A visibility for each of these rooms; nothing of others is visible. */
    public static Visibility of(Map<RoomId, Visibility> byRoom) {
        Set<CollectionName> anywhere = byRoom.values().stream()
                .flatMap(each -> each.collections.stream())
                .collect(Collectors.toSet());
        boolean unlimited = byRoom.values().stream().allMatch(Visibility::isUnlimited);
        return new Visibility(anywhere, unlimited, Map.of(), Map.of(), byRoom);
    }

    /** The same rooms, of which a client wants only rows that pass its selections. Not for visibilities by room. */
    public Visibility selecting(Map<CollectionName, Predicate<Row>> wanted) {
        return wanted.isEmpty() ? this : new Visibility(collections, false, filters, wanted, byRoom);
    }

    private boolean hasFilters() {
        return !filters.isEmpty() || !selections.isEmpty();
    }

    /** The visibility of the room of a commit's part. */
    private Visibility in(Commit part) {
        return unlimited || byRoom.isEmpty()
                ? this
                : byRoom.getOrDefault(part.actions().getFirst().entry().room(), NOTHING);
    }

    /** Whether everything in the rooms is visible. */
    boolean isUnlimited() {
        return unlimited;
    }

    /** The collections that are visible in at least one of the rooms. */
    public Set<CollectionName> collections() {
        return collections;
    }

    /** Whether some rows of a room may be visible. */
    public boolean isVisible(RoomId room) {
        return !(byRoom.isEmpty() ? this : byRoom.getOrDefault(room, NOTHING))
                .collections()
                .isEmpty();
    }

    /** The visibility restricted to these rooms. */
    public Visibility in(Collection<RoomId> rooms) {
        if (byRoom.isEmpty()) {
            return this;
        }
        Map<RoomId, Visibility> some = new HashMap<>(byRoom);
        some.keySet().retainAll(rooms);
        return of(some);
    }

    /** The filter of the visible rows of a collection; empty if all are visible. */
    public Optional<Predicate<Row>> isVisible(CollectionName collection) {
        return collections.contains(collection) ? filter(collection) : Optional.of(none -> false);
    }

    /** The filter and the selection of a collection as one. */
    private Optional<Predicate<Row>> filter(CollectionName collection) {
        Predicate<Row> filter = filters.get(collection);
        Predicate<Row> selection = selections.get(collection);
        return filter == null || selection == null
                ? Optional.ofNullable(filter == null ? selection : filter)
                : Optional.of(filter.and(selection));
    }

    /** The collections whose visible rows differ from another visibility; filtered collections always count. */
    public Set<CollectionName> collectionsThatDiffer(Visibility other) {
        Set<CollectionName> differences = new HashSet<>(filtered());
        differences.addAll(other.filtered());
        collections.stream().filter(name -> !other.collections.contains(name)).forEach(differences::add);
        other.collections.stream().filter(name -> !collections.contains(name)).forEach(differences::add);
        return differences;
    }

    /** Whether any collection has a filter. */
    public boolean isFiltered() {
        return filtered;
    }

    /** Equal visibilities show the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Visibility visibility
                && unlimited == visibility.unlimited
                && collections.equals(visibility.collections)
                && filters.equals(visibility.filters)
                && selections.equals(visibility.selections)
                && byRoom.equals(visibility.byRoom);
    }

    @Override
    public int hashCode() {
        return Objects.hash(unlimited, collections, filters, selections, byRoom);
    }

    private Set<CollectionName> filtered() {
        return Stream.concat(Stream.of(this), byRoom.values().stream())
                .flatMap(each -> each.filters.keySet().stream())
                .collect(Collectors.toSet());
    }

    /** The visible part of one room's part of a commit; empty if there is none. */
    public Optional<Commit> of(Commit commit) {
        Visibility here = in(commit);
        return here.isUnlimited() ? Optional.of(commit) : here.limited(commit);
    }

    /** The visible parts of commits that are split by room, joined again. */
    public List<Commit> ofAll(List<Commit> parts) {
        List<Commit> seen = new ArrayList<>(parts.size());
        for (Commit part : parts) {
            of(part).ifPresent(seen::add);
        }
        return Commit.joined(seen);
    }

    private Optional<Commit> limited(Commit commit) {
        Optional<Commit> known = commit.of(collections);
        return !hasFilters() ? known : known.map(part -> filtered(part, seen(part)));
    }

    /** The visible part of a commit: one object for all subscribers with equal visibility. */
    Optional<EncodedCommit> of(EncodedCommit encoded) {
        Visibility here = in(encoded.commit());
        return here.isUnlimited() ? Optional.of(encoded) : here.limited(encoded);
    }

    private Optional<EncodedCommit> limited(EncodedCommit encoded) {
        Optional<EncodedCommit> known = encoded.of(collections);
        return !hasFilters() ? known : known.map(this::filtered);
    }

    private EncodedCommit filtered(EncodedCommit encoded) {
        List<Seen> seen = seen(encoded.commit());
        return seen.stream().allMatch(Seen.ALL::equals)
                ? encoded
                : encoded.part(seen, commit -> filtered(commit, seen));
    }

    private List<Seen> seen(Commit commit) {
        return commit.actions().stream().map(action -> seen(action.entry())).toList();
    }

    private Seen seen(LogEntry entry) {
        Optional<Predicate<Row>> filter = filter(entry.collection());
        if (filter.isEmpty()) {
            return Seen.ALL;
        }
        boolean before = isVisible(filter.get(), entry, entry.rowBefore());
        boolean after = isVisible(filter.get(), entry, entry.rowAfter());
        // A row that was changed outside JPA has no previous image: clients may have it.
        boolean unknown = entry.rowBefore().isEmpty();
        return switch (entry.kind()) {
            case INSERT -> after ? Seen.ALL : Seen.NUMBER;
            case UPDATE, ARCHIVE, UNARCHIVE ->
                after
                        ? before || unknown ? Seen.ALL : Seen.ARRIVAL
                        : before || (unknown && isOnlyDeselected(entry)) ? Seen.DEPARTURE : Seen.NUMBER;
            case DELETE -> before || (unknown && !filters.containsKey(entry.collection())) ? Seen.ALL : Seen.NUMBER;
            case RIGHTS, EVENTS, WITHHELD -> Seen.ALL;
        };
    }

    /** Whether the caller may see a row after a change that the client does not want to see. */
    private boolean isOnlyDeselected(LogEntry entry) {
        Predicate<Row> filter = filters.get(entry.collection());
        return filter == null || isVisible(filter, entry, entry.rowAfter());
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
