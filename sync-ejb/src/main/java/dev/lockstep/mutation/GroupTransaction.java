package dev.lockstep.mutation;

import dev.lockstep.api.EntityId;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationId;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Row;
import dev.lockstep.api.Seq;
import dev.lockstep.collection.EntityIds;
import dev.lockstep.collection.Rows;
import dev.lockstep.database.Transactions.Scope;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.log.Action;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.ActionLog.Range;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Entry;
import dev.lockstep.log.RoomStamps;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One try at one group: what happens between the begin and the commit of its transaction. Locks in one order, like
 * every writer: rooms, rows, head.
 */
final class GroupTransaction {
    /**
     * Longest wait for a lock that cannot be skipped: a room's, the head's, a unique value's. Whoever holds one of the
     * first two is at its commit. After it the group fails as contention, and is tried again in parts.
     */
    static final Duration LOCK_WAIT_MAX = Duration.ofSeconds(1);

    private final List<Waiting> group;
    private final List<Waiting> ahead;
    private final ActionLog log;
    private final EntityIds ids;
    private final long groupId;
    private final long nowMicros;
    private final Answers answers = new Answers();

    /**
     * A try.
     *
     * @param ahead what came before the group and is held: nobody of the same client, or for the same row, overtakes it
     * @param groupId a random number, by which a commit without an answer is found again
     * @param nowMicros the time, in microseconds since 1970
     */
    GroupTransaction(
            List<Waiting> group, List<Waiting> ahead, ActionLog log, EntityIds ids, long groupId, long nowMicros) {
        this.group = group;
        this.ahead = List.copyOf(ahead);
        this.log = log;
        this.ids = ids;
        this.groupId = groupId;
        this.nowMicros = nowMicros;
    }

    GroupOutcome run(Scope scope) throws SQLException {
        Connection connection = scope.connection();
        WritingTransactions.begin(connection, LOCK_WAIT_MAX);
        RoomStamps stamps = RoomStamps.lock(connection, rooms());
        Map<String, Answers.Kept> known = answers.find(connection, keys());
        GroupRows rows = new GroupRows(new Rows(scope.entities()));
        rows.lock(changes(known));
        List<Verdict> verdicts = judge(new Judge(rows, stamps, ids, nowMicros), rows, known);
        rows.write();
        stamps.save(connection);
        Map<Seq, Action> old = repeated(connection, verdicts);
        List<Commit> commits = log.append(connection, groupId, entries(verdicts)); // locks the head row
        GroupOutcome outcome = outcome(verdicts, commits, old);
        answers.keep(connection, kept(verdicts, commits), nowMicros);
        return outcome;
    }

    private Set<RoomId> rooms() {
        return group.stream()
                .flatMap(waiting -> waiting.changes().stream()
                        .map(change -> change.model().roomOf(waiting.mutation().room())))
                .collect(Collectors.toSet());
    }

    private Set<String> keys() {
        return group.stream()
                .flatMap(waiting -> waiting.key().stream())
                .map(MutationKey::value)
                .collect(Collectors.toSet());
    }

    private List<PreparedChange> changes(Map<String, Answers.Kept> known) {
        return group.stream()
                .filter(waiting -> known(waiting, known).isEmpty())
                .flatMap(waiting -> waiting.changes().stream())
                .toList();
    }

    private static Optional<Answers.Kept> known(Waiting waiting, Map<String, Answers.Kept> known) {
        return waiting.key().flatMap(key -> Optional.ofNullable(known.get(key.value())));
    }

    private List<Verdict> judge(Judge judge, GroupRows rows, Map<String, Answers.Kept> known) {
        List<Verdict> verdicts = new ArrayList<>(group.size());
        Map<String, Integer> inGroup = new HashMap<>();
        Set<String> heldClients = new HashSet<>();
        ahead.forEach(waiting -> hold(waiting, rows, heldClients));
        for (int i = 0; i < group.size(); i++) {
            Waiting waiting = group.get(i);
            Verdict verdict = verdict(waiting, judge, rows, known, inGroup, heldClients);
            if (verdict instanceof Verdict.Held) {
                hold(waiting, rows, heldClients);
            } else {
                int index = i;
                waiting.key().ifPresent(key -> inGroup.putIfAbsent(key.value(), index));
            }
            verdicts.add(verdict);
        }
        return verdicts;
    }

    private static void hold(Waiting waiting, GroupRows rows, Set<String> heldClients) {
        rows.hold(waiting.changes());
        client(waiting).ifPresent(heldClients::add);
    }

    private Verdict verdict(
            Waiting waiting,
            Judge judge,
            GroupRows rows,
            Map<String, Answers.Kept> known,
            Map<String, Integer> inGroup,
            Set<String> heldClients) {
        Optional<Answers.Kept> answered = known(waiting, known);
        if (answered.isPresent()) {
            return sameRequest(waiting, answered.get().key()) ? new Verdict.Answered(answered.get()) : reused();
        }
        Optional<Integer> earlier = waiting.key().flatMap(key -> Optional.ofNullable(inGroup.get(key.value())));
        if (earlier.isPresent()) {
            MutationKey first = group.get(earlier.get()).key().orElseThrow();
            return sameRequest(waiting, first) ? new Verdict.Repeats(earlier.get()) : reused();
        }
        boolean behindHeld = client(waiting).filter(heldClients::contains).isPresent();
        return behindHeld || rows.isHeld(waiting.changes())
                ? new Verdict.Held()
                : judge.judge(waiting.mutation(), waiting.changes());
    }

    private static boolean sameRequest(Waiting waiting, MutationKey first) {
        return waiting.key().orElseThrow().request().equals(first.request());
    }

    private static Verdict reused() {
        return new Verdict.Refused(
                new Refusal(ErrorCode.REUSED, "This mutation id was used for another mutation; use a new id for each"));
    }

    /** Mutations of one client keep their order: none overtakes one that is held. */
    private static Optional<String> client(Waiting waiting) {
        return waiting.mutation()
                .id()
                .filter(MutationId::ordered)
                .map(MutationId::client)
                .map(client -> waiting.mutation().room().application() + "/"
                        + waiting.mutation().caller().subject().orElse("") + "/" + client);
    }

    private static List<List<Entry>> entries(List<Verdict> verdicts) {
        List<List<Entry>> entries = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Accepted accepted
                    && !accepted.entries().isEmpty()) {
                entries.add(accepted.entries());
            }
        }
        return entries;
    }

    /** The actions of earlier answers that are asked for again. */
    private Map<Seq, Action> repeated(Connection connection, List<Verdict> verdicts) throws SQLException {
        List<Range> ranges = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Verdict.Answered answered) {
                answered.answer().range().ifPresent(ranges::add);
            }
        }
        return log.read(connection, ranges).stream().collect(Collectors.toMap(Action::seq, action -> action));
    }

    private GroupOutcome outcome(List<Verdict> verdicts, List<Commit> commits, Map<Seq, Action> old) {
        GroupOutcome outcome = new GroupOutcome(groupId);
        List<Optional<MutationResult>> results = new ArrayList<>();
        Iterator<Commit> next = commits.iterator();
        for (int i = 0; i < group.size(); i++) {
            Waiting waiting = group.get(i);
            Optional<Commit> commit = Optional.empty();
            Optional<MutationResult> result = Optional.empty();
            switch (verdicts.get(i)) {
                case Verdict.Accepted accepted -> {
                    commit = accepted.entries().isEmpty() ? Optional.empty() : Optional.of(next.next());
                    Seq last = commit.map(Commit::last).orElse(Seq.START);
                    result = Optional.of(new MutationResult.Applied(last, accepted.rows()));
                }
                case Verdict.Refused refused -> result = Optional.of(new MutationResult.Refused(refused.refusal()));
                case Verdict.Answered answered -> result = Optional.of(again(answered.answer(), old));
                case Verdict.Repeats repeats -> result = results.get(repeats.index());
                case Verdict.Held held -> outcome.hold(waiting);
            }
            results.add(result);
            Optional<Commit> committed = commit;
            result.ifPresent(answer -> outcome.done(waiting, answer, committed));
        }
        return outcome;
    }

    /** The first answer once more, from what it put into the log. */
    private static MutationResult again(Answers.Kept kept, Map<Seq, Action> old) {
        if (kept.refusal().isPresent()) {
            return new MutationResult.Refused(kept.refusal().get());
        }
        Seq seq = kept.range().map(Range::first).orElse(Seq.START);
        List<Optional<Row>> rows = new ArrayList<>();
        for (char change : kept.shape().toCharArray()) {
            if (change == '-') {
                rows.add(Optional.empty());
            } else {
                rows.add(Optional.ofNullable(old.get(seq)).map(GroupTransaction::row));
                seq = seq.plus(1);
            }
        }
        return new MutationResult.Applied(kept.range().map(Range::last).orElse(Seq.START), rows);
    }

    private static Row row(Action action) {
        Entry entry = action.entry();
        EntityId id = entry.entityId();
        return new Row(
                entry.collection(), id, entry.rowAfter().or(entry::rowBefore).orElseThrow());
    }

    private List<Answers.Kept> kept(List<Verdict> verdicts, List<Commit> commits) {
        List<Answers.Kept> kept = new ArrayList<>();
        Iterator<Commit> next = commits.iterator();
        for (int i = 0; i < group.size(); i++) {
            Optional<MutationKey> key = group.get(i).key();
            switch (verdicts.get(i)) {
                case Verdict.Accepted accepted -> {
                    Optional<Range> range = accepted.entries().isEmpty()
                            ? Optional.empty()
                            : Optional.of(next.next()).map(commit -> new Range(commit.first(), commit.last()));
                    key.ifPresent(known -> kept.add(new Answers.Kept(known, range, shape(accepted), Optional.empty())));
                }
                case Verdict.Refused refused -> {
                    if (key.isPresent() && refused.refusal().code() != ErrorCode.REUSED) {
                        kept.add(refusal(key.get(), refused.refusal()));
                    }
                }
                case Verdict.Answered answered -> {}
                case Verdict.Repeats repeats -> {}
                case Verdict.Held held -> {}
            }
        }
        return kept;
    }

    static Answers.Kept refusal(MutationKey key, Refusal refusal) {
        return new Answers.Kept(key, Optional.empty(), "", Optional.of(refusal));
    }

    private static String shape(Verdict.Accepted accepted) {
        return accepted.rows().stream().map(row -> row.isPresent() ? "+" : "-").collect(Collectors.joining());
    }
}
