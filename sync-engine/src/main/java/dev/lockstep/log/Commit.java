package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The actions of one mutation, or the visible part of them, in order of Seq: the unit of delivery, encoding, replay and page
 * boundaries.
 *
 * @param end the last position of the mutation, also if that action is not part of it
 */
public record Commit(List<Action> actions, Seq end) {
    /** @throws IllegalArgumentException if there are no actions: a mutation without changes is not in the log */
    public Commit {
        actions = List.copyOf(actions);
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("a commit has at least one action");
        }
    }

    /** All actions of a mutation. */
    public Commit(List<Action> actions) {
        this(actions, actions.isEmpty() ? Seq.START : actions.getLast().seq());
    }

    /** Joins the parts of several rooms that are of one mutation. */
    public static List<Commit> joined(List<Commit> parts) {
        List<Commit> joined = new ArrayList<>(parts.size());
        for (Commit part : parts) {
            if (!joined.isEmpty() && joined.getLast().end().equals(part.end())) {
                joined.add(joined.removeLast().with(part));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }

    private Commit with(Commit other) {
        return new Commit(
                Stream.concat(actions.stream(), other.actions.stream())
                        .sorted(Comparator.comparing(Action::seq))
                        .toList(),
                end);
    }

    /** The commit with these actions in place of its own. */
    public Commit showing(List<Action> other) {
        return new Commit(other, end);
    }

    public Seq first() {
        return actions.getFirst().seq();
    }

    public Seq last() {
        return actions.getLast().seq();
    }

    /** Whether it has an action of this kind. */
    public boolean has(LogEntry.Kind kind) {
        for (Action action : actions) {
            if (action.entry().kind() == kind) {
                return true;
            }
        }
        return false;
    }

    /** The part for readers of only these collections; empty if there is none. Changes of rights are always included. */
    public Optional<Commit> of(Set<CollectionName> collections) {
        List<Action> part = actions.stream()
                .filter(action -> collections.contains(action.entry().collection())
                        || action.entry().kind() == LogEntry.Kind.RIGHTS)
                .toList();
        if (part.size() == actions.size()) {
            return Optional.of(this);
        }
        return part.isEmpty() ? Optional.empty() : Optional.of(showing(part));
    }

    /** Its part in each room. */
    public Map<RoomId, Commit> byRoom() {
        RoomId only = actions.getFirst().entry().room();
        if (isOf(only)) {
            return Map.of(only, this);
        }
        Map<RoomId, List<Action>> parts = new LinkedHashMap<>();
        for (Action action : actions) {
            parts.computeIfAbsent(action.entry().room(), room -> new ArrayList<>())
                    .add(action);
        }
        Map<RoomId, Commit> commits = new LinkedHashMap<>();
        parts.forEach((room, part) -> commits.put(room, showing(part)));
        return commits;
    }

    private boolean isOf(RoomId room) {
        for (Action action : actions) {
            if (!action.entry().room().equals(room)) {
                return false;
            }
        }
        return true;
    }
}
