package dev.lockstep.room;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.Row;
import dev.lockstep.log.Action;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What somebody may see of rooms: some collections, and of some of these only some rows. A row that comes into sight is
 * told as an insert, one that goes out of sight as a delete; of what was never in sight nothing is left but the number of
 * its frame. Immutable; thread-safe, as far as its filters are.
 */
public final class Sight {
    private final Set<CollectionName> collections;
    private final boolean unlimited;
    private final Map<CollectionName, Predicate<Row>> filters;

    /** What somebody sees of one action. */
    private enum Seen {
        NUMBER,
        ARRIVAL,
        DEPARTURE,
        ALL
    }

    private Sight(Set<CollectionName> collections, boolean unlimited, Map<CollectionName, Predicate<Row>> filters) {
        this.collections = Set.copyOf(collections);
        this.unlimited = unlimited;
        this.filters = Map.copyOf(filters);
    }

    /**
     * A sight.
     *
     * @param all the collections that there are
     * @param open those of them that are in sight
     * @param filters which rows are, of collections of which not all are
     */
    public static Sight of(
            Set<CollectionName> all, Set<CollectionName> open, Map<CollectionName, Predicate<Row>> filters) {
        return new Sight(open, filters.isEmpty() && open.containsAll(all), filters);
    }

    /** Of these collections everything. */
    public static Sight of(Set<CollectionName> collections) {
        return new Sight(collections, false, Map.of());
    }

    /** Whether everything in the rooms is in sight. */
    boolean isUnlimited() {
        return unlimited;
    }

    /** The collections that are in sight. */
    public Set<CollectionName> collections() {
        return collections;
    }

    /** The collections of which somebody knows something else by another sight than by this one: perhaps, if filtered. */
    public Set<CollectionName> differences(Sight other) {
        Set<CollectionName> differences = new HashSet<>(filters.keySet());
        differences.addAll(other.filters.keySet());
        collections.stream().filter(name -> !other.collections.contains(name)).forEach(differences::add);
        other.collections.stream().filter(name -> !collections.contains(name)).forEach(differences::add);
        return differences;
    }

    /** What is seen of a commit; empty if nothing. */
    public Optional<Commit> of(Commit commit) {
        Optional<Commit> known = commit.of(collections);
        return filters.isEmpty() ? known : known.map(part -> filtered(part, seen(part)));
    }

    /** The same of a delivery: one object for all who see the same. */
    Optional<Delivery> of(Delivery delivery) {
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

    private Seen seen(Entry entry) {
        Predicate<Row> filter = filters.get(entry.collection());
        if (filter == null) {
            return Seen.ALL;
        }
        boolean before = shows(filter, entry, entry.rowBefore());
        boolean after = shows(filter, entry, entry.rowAfter());
        return switch (entry.kind()) {
            case INSERT -> after ? Seen.ALL : Seen.NUMBER;
            // What the row was before is not known of one that was changed past JPA: its clients may have it.
            case UPDATE, ARCHIVE, UNARCHIVE ->
                after
                        ? before || entry.rowBefore().isEmpty() ? Seen.ALL : Seen.ARRIVAL
                        : before ? Seen.DEPARTURE : Seen.NUMBER;
            case DELETE -> before ? Seen.ALL : Seen.NUMBER;
            case WITHHELD -> Seen.ALL;
        };
    }

    private static boolean shows(Predicate<Row> filter, Entry entry, Optional<String> json) {
        return json.map(text -> new Row(entry.collection(), entry.entityId(), text))
                .filter(filter)
                .isPresent();
    }

    private static Commit filtered(Commit commit, List<Seen> seen) {
        List<Action> actions = new ArrayList<>(seen.size());
        for (int i = 0; i < seen.size(); i++) {
            Action action = commit.actions().get(i);
            Entry entry = action.entry();
            Entry shown = switch (seen.get(i)) {
                case ALL -> entry;
                case ARRIVAL -> entry.as(Entry.Kind.INSERT);
                case DEPARTURE -> entry.as(Entry.Kind.DELETE);
                case NUMBER -> entry.withheld();
            };
            actions.add(new Action(action.seq(), action.number(), shown));
        }
        return new Commit(actions);
    }
}
