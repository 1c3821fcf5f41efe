package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The actions of one mutation, in order of Seq: the unit of delivery, encoding, replay and page cutting. */
public record Commit(List<Action> actions) {
    /** @throws IllegalArgumentException if there are no actions: what changes nothing is not in the log */
    public Commit {
        actions = List.copyOf(actions);
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("a commit has at least one action");
        }
    }

    public Seq first() {
        return actions.getFirst().seq();
    }

    public Seq last() {
        return actions.getLast().seq();
    }

    /** What those see of it who know only these collections; empty if nothing. */
    public Optional<Commit> of(Set<CollectionName> collections) {
        List<Action> part = actions.stream()
                .filter(action -> collections.contains(action.entry().collection()))
                .toList();
        if (part.size() == actions.size()) {
            return Optional.of(this);
        }
        return part.isEmpty() ? Optional.empty() : Optional.of(new Commit(part));
    }

    /** What each room sees of it. */
    public Map<RoomId, Commit> byRoom() {
        RoomId only = actions.getFirst().entry().room();
        if (actions.stream().allMatch(action -> action.entry().room().equals(only))) {
            return Map.of(only, this);
        }
        Map<RoomId, List<Action>> parts = new LinkedHashMap<>();
        for (Action action : actions) {
            parts.computeIfAbsent(action.entry().room(), room -> new ArrayList<>())
                    .add(action);
        }
        Map<RoomId, Commit> commits = new LinkedHashMap<>();
        parts.forEach((room, part) -> commits.put(room, new Commit(part)));
        return commits;
    }
}
