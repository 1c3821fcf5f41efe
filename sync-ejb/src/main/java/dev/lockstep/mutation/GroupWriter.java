package dev.lockstep.mutation;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionRegistry;
import dev.lockstep.collection.EntityIds;
import dev.lockstep.collection.RowReader;
import dev.lockstep.collection.Rows;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.Commit;
import dev.lockstep.log.Entry;
import dev.lockstep.log.RoomStamps;
import dev.lockstep.publish.Committed;
import dev.lockstep.publish.PublisherThread;
import dev.lockstep.trace.Trace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Commits everything that is waiting as one transaction, again and again: the busier it is, the bigger the groups. One
 * for each node, on a thread of its own.
 */
final class GroupWriter implements Mutations {
    private static final Logger LOG = System.getLogger(GroupWriter.class.getName());

    private final MutationQueue queue = new MutationQueue();
    private final Preparation preparation;
    private final Transactions transactions;
    private final ActionLog log;
    private final EntityIds ids;
    private final InstantSource clock;
    private final Publication publication;
    private final Trace trace;

    /** Where groups go once they are durable; that is {@link PublisherThread#hand}. */
    @FunctionalInterface
    interface Publication {
        void hand(List<Committed> group);
    }

    GroupWriter(
            CollectionRegistry collections,
            RowReader reader,
            Transactions transactions,
            ActionLog log,
            EntityIds ids,
            InstantSource clock,
            Publication publication,
            Trace trace) {
        this.preparation = new Preparation(collections, reader);
        this.transactions = transactions;
        this.log = log;
        this.ids = ids;
        this.clock = clock;
        this.publication = publication;
        this.trace = trace;
    }

    @Override
    public CompletionStage<MutationResult> submit(Mutation mutation) {
        List<PreparedChange> changes;
        try {
            changes = preparation.prepare(mutation);
        } catch (SyncException refused) {
            return CompletableFuture.completedStage(new MutationResult.Refused(refused.refusal()));
        }
        Waiting waiting = new Waiting(mutation, changes, System.nanoTime(), new CompletableFuture<>());
        queue.add(waiting).ifPresent(refusal -> waiting.answer().complete(new MutationResult.Refused(refusal)));
        return waiting.answer();
    }

    /** Writes group after group until the thread is interrupted; what is still waiting then is refused as retryable. */
    void run() {
        try {
            while (true) {
                commit(queue.drain());
            }
        } catch (InterruptedException e) {
            queue.close()
                    .forEach(waiting -> refuse(
                            waiting,
                            new Refusal(
                                    ErrorCode.UNAVAILABLE, "The server is stopping; send the same mutation again")));
        }
    }

    /**
     * Commits one group. If the database refuses it because of what somebody wrote, each half is tried by itself, so
     * that in the end only the culprit is refused.
     */
    private void commit(List<Waiting> group) {
        try {
            long started = System.nanoTime();
            List<Committed> done = transactions.run(scope -> write(scope, group));
            trace.step(() -> describe(group, done, started));
            publication.hand(done);
        } catch (TransactionFailed e) {
            Refusal refusal = DatabaseRefusals.refusal(e);
            if (refusal.code().retryable()) {
                LOG.log(Level.WARNING, "a group of " + group.size() + " mutations was not written", e);
                group.forEach(waiting -> refuse(waiting, refusal));
            } else {
                halve(group, refusal);
            }
        } catch (RuntimeException e) {
            if (group.size() == 1) {
                LOG.log(
                        Level.ERROR,
                        "a mutation in room " + group.getFirst().mutation().room() + " met a fault",
                        e);
            }
            halve(group, new Refusal(ErrorCode.INTERNAL, "The server could not do this; its log says why"));
        }
    }

    private void halve(List<Waiting> group, Refusal refusal) {
        if (group.size() == 1) {
            refuse(group.getFirst(), refusal);
            return;
        }
        int half = group.size() / 2;
        commit(group.subList(0, half));
        commit(group.subList(half, group.size()));
    }

    private List<Committed> write(Transactions.Scope scope, List<Waiting> group) throws SQLException {
        RoomStamps stamps = RoomStamps.lock(scope.connection(), rooms(group));
        GroupRows rows = new GroupRows(new Rows(scope.entities()));
        rows.lock(group.stream().flatMap(waiting -> waiting.changes().stream()).toList());
        Judge judge = new Judge(rows, stamps, ids, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        List<Verdict> verdicts = group.stream()
                .map(waiting -> judge.judge(waiting.mutation(), waiting.changes()))
                .toList();
        rows.write();
        stamps.save(scope.connection());
        List<Commit> commits = log.append(scope.connection(), entries(verdicts)); // locks the head row: last
        return committed(group, verdicts, commits);
    }

    private static Set<RoomId> rooms(List<Waiting> group) {
        return group.stream()
                .flatMap(waiting -> waiting.changes().stream()
                        .map(change -> change.model().roomOf(waiting.mutation().room())))
                .collect(Collectors.toSet());
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

    private static List<Committed> committed(List<Waiting> group, List<Verdict> verdicts, List<Commit> commits) {
        Iterator<Commit> next = commits.iterator();
        List<Committed> committed = new ArrayList<>(group.size());
        for (int i = 0; i < group.size(); i++) {
            Waiting waiting = group.get(i);
            committed.add(
                    switch (verdicts.get(i)) {
                        case Verdict.Refused refused ->
                            new Committed(Optional.empty(), () -> refuse(waiting, refused.refusal()));
                        case Verdict.Accepted accepted -> {
                            Optional<Commit> commit =
                                    accepted.entries().isEmpty() ? Optional.empty() : Optional.of(next.next());
                            Seq last = commit.map(Commit::last).orElse(Seq.START);
                            MutationResult result = new MutationResult.Applied(last, accepted.rows());
                            yield new Committed(commit, () -> waiting.answer().complete(result));
                        }
                    });
        }
        return committed;
    }

    private static void refuse(Waiting waiting, Refusal refusal) {
        waiting.answer().complete(new MutationResult.Refused(refusal));
    }

    private static String describe(List<Waiting> group, List<Committed> done, long startedNanos) {
        Duration queued = Duration.ofNanos(startedNanos - group.getFirst().queuedAtNanos());
        Duration written = Duration.ofNanos(System.nanoTime() - startedNanos);
        String positions = done.stream()
                .map(Committed::commit)
                .flatMap(Optional::stream)
                .map(commit -> commit.first() + ".." + commit.last())
                .collect(Collectors.joining(" "));
        return "group mutations=" + group.size() + " seq=" + (positions.isEmpty() ? "none" : positions) + " queued="
                + Trace.millis(queued) + " committed=" + Trace.millis(written);
    }
}
