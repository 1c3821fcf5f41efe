package dev.lockstep.log;

import dev.lockstep.api.CollectionName;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The log in memory. */
public final class InMemoryLog implements ActionLogFixture {
    private final List<Commit> commits = new ArrayList<>();
    private final Map<RoomId, Map<CollectionName, Long>> numbers = new HashMap<>();

    @Override
    public List<Commit> append(List<List<LogEntry>> mutations) {
        return mutations.stream().map(this::commit).toList();
    }

    private Commit commit(List<LogEntry> entries) {
        Map<List<Object>, Long> frames = new HashMap<>();
        List<Action> actions = new ArrayList<>();
        for (LogEntry entry : entries) {
            Map<CollectionName, Long> room = numbers.computeIfAbsent(entry.room(), id -> new HashMap<>());
            List<Object> frame = List.of(entry.room(), entry.collection(), entry.kind(), entry.scope());
            List<Object> row = List.of(entry.room(), entry.collection(), entry.entityId());
            long number = frames.getOrDefault(frame, 0L);
            if (number == 0 || number < frames.getOrDefault(row, 0L)) {
                number = room.merge(entry.collection(), 1L, Long::sum);
            }
            frames.put(frame, number);
            frames.put(row, number);
            actions.add(new Action(head().plus(actions.size() + 1), number, entry));
        }
        commits.add(new Commit(actions));
        return commits.getLast();
    }

    @Override
    public List<Commit> readAfter(Seq after, int actionsMax) {
        List<Commit> page = new ArrayList<>();
        int actions = 0;
        for (Commit commit : commits) {
            if (commit.first().isAfter(after) && actions < actionsMax) {
                page.add(commit);
                actions += commit.actions().size();
            }
        }
        return page;
    }

    /** The newest commit, if there is one. */
    public Optional<Commit> last() {
        return commits.isEmpty() ? Optional.empty() : Optional.of(commits.getLast());
    }

    @Override
    public Seq head() {
        return last().map(Commit::last).orElse(Seq.START);
    }

    @Override
    public Map<CollectionName, Long> numbers(RoomId room) {
        return numbers.getOrDefault(room, Map.of());
    }
}
