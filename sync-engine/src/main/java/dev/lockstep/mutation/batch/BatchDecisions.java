package dev.lockstep.mutation.batch;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Seq;
import dev.lockstep.log.Commit;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.Verdict;
import dev.lockstep.mutation.idempotency.IdempotencyKey;
import dev.lockstep.mutation.idempotency.IdempotencyStore.StoredResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The verdicts on the mutations of a batch, with their places in the log: the source of answers and stored results. */
final class BatchDecisions {
    /** One mutation, its verdict, and its commit if it has one. */
    private record Decision(QueuedMutation queued, Verdict verdict, Optional<Commit> commit) {}

    private final List<Decision> decisions;

    private BatchDecisions(List<Decision> decisions) {
        this.decisions = decisions;
    }

    /** @param commits the commits of the accepted mutations with entries, in their order */
    static BatchDecisions of(List<QueuedMutation> batch, List<Verdict> verdicts, List<Commit> commits) {
        List<Decision> decisions = new ArrayList<>(batch.size());
        Iterator<Commit> next = commits.iterator();
        for (int i = 0; i < batch.size(); i++) {
            boolean logged = verdicts.get(i) instanceof Verdict.Accepted accepted
                    && !accepted.entries().isEmpty();
            decisions.add(
                    new Decision(batch.get(i), verdicts.get(i), logged ? Optional.of(next.next()) : Optional.empty()));
        }
        return new BatchDecisions(decisions);
    }

    /** @param repeats the stored results of mutations that were answered in earlier batches */
    BatchOutcome outcome(long batchId, StoredResults repeats) {
        BatchOutcome outcome = new BatchOutcome(batchId);
        List<Optional<MutationResult>> results = new ArrayList<>();
        for (Decision decision : decisions) {
            Optional<MutationResult> result = result(decision, results, repeats);
            results.add(result);
            result.ifPresentOrElse(
                    answer -> outcome.done(decision.queued(), answer, decision.commit()),
                    () -> outcome.block(decision.queued()));
        }
        return outcome;
    }

    private Optional<MutationResult> result(
            Decision decision, List<Optional<MutationResult>> earlier, StoredResults repeats) {
        return switch (decision.verdict()) {
            case Verdict.Accepted accepted ->
                Optional.of(new MutationResult.Applied(
                        decision.commit().map(Commit::last).orElse(Seq.START), accepted.rows()));
            case Verdict.Refused refused -> Optional.of(new MutationResult.Refused(refused.refusal()));
            case Verdict.AlreadyAnswered answered -> Optional.of(repeats.to(decision.queued()));
            case Verdict.DuplicateInBatch duplicate ->
                earlier.get(duplicate.index())
                        .map(first -> repeatedResult(
                                first,
                                decision.queued(),
                                decisions.get(duplicate.index()).queued().key().orElseThrow()));
            case Verdict.Blocked blocked -> Optional.empty();
        };
    }

    private static MutationResult repeatedResult(MutationResult first, QueuedMutation repeat, IdempotencyKey key) {
        return switch (first) {
            case MutationResult.Applied applied ->
                repeat.isFor(key) ? applied.again() : StoredResults.toAnotherRequest(applied.last(), repeat);
            case MutationResult.Refused refused -> refused;
        };
    }

    /** The results that later repeats get. */
    List<StoredResult> resultsToStore() {
        List<StoredResult> results = new ArrayList<>();
        for (Decision decision : decisions) {
            decision.queued().key().flatMap(key -> resultToStore(key, decision)).ifPresent(results::add);
        }
        return results;
    }

    private static Optional<StoredResult> resultToStore(IdempotencyKey key, Decision decision) {
        if (!isStored(decision.queued(), decision.verdict())) {
            return Optional.empty();
        }
        return switch (decision.verdict()) {
            case Verdict.Accepted accepted ->
                Optional.of(StoredResult.applied(
                        key,
                        decision.commit(),
                        StoredResults.shape(accepted),
                        StoredResults.madeIds(decision.queued().changes(), accepted)));
            case Verdict.Refused refused -> Optional.of(StoredResult.refused(key, refused.refusal()));
            case Verdict.AlreadyAnswered answered -> Optional.empty();
            case Verdict.DuplicateInBatch duplicate -> Optional.empty();
            case Verdict.Blocked blocked -> Optional.empty();
        };
    }

    /** Whether the result of a mutation is stored for repeats: permanent ones are, retryable refusals are not. */
    static boolean isStored(QueuedMutation queued, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted accepted -> !accepted.entries().isEmpty() || comparesRequests(queued);
            case Verdict.Refused refused ->
                refused.refusal().code() != ErrorCode.REUSED
                        && refused.refusal().current().isEmpty() // a stale version stays stale
                        && !refused.refusal().code().retryable();
            case Verdict.AlreadyAnswered answered -> false;
            case Verdict.DuplicateInBatch duplicate -> false;
            case Verdict.Blocked blocked -> false;
        };
    }

    // Where a repeat may be a different request, a client that found no row may look for it elsewhere with the same id.
    private static boolean comparesRequests(QueuedMutation queued) {
        return queued.mutation().id().filter(id -> !id.comparesRequests()).isEmpty();
    }
}
