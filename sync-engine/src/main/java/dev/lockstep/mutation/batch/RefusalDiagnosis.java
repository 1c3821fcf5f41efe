package dev.lockstep.mutation.batch;

import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.Refusal.Issue;
import dev.lockstep.api.Row;
import dev.lockstep.collection.catalog.ConstraintCatalog;
import dev.lockstep.collection.catalog.TableConstraints.Check;
import dev.lockstep.collection.catalog.TableConstraints.ForeignKey;
import dev.lockstep.collection.catalog.TableConstraints.Named;
import dev.lockstep.collection.catalog.TableConstraints.UniqueKey;
import dev.lockstep.collection.identifier.EntityIds;
import dev.lockstep.collection.row.RowRepository;
import dev.lockstep.collection.write.RefusedItems;
import dev.lockstep.collection.write.WrittenItem;
import dev.lockstep.database.TransactionFailed;
import dev.lockstep.database.Transactions;
import dev.lockstep.database.WritingTransactions;
import dev.lockstep.event.StoreHeads;
import dev.lockstep.log.RoomStamps;
import dev.lockstep.mutation.PreparedChange;
import dev.lockstep.mutation.QueuedMutation;
import dev.lockstep.mutation.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Finds the fields, items and causes for which the database refused a mutation. It evaluates the mutation again without
 * writing it, and compares its values with the catalog and the rows. Only the item of a bulk that breaks a check constraint
 * is found by trial writes. Belongs to the writer's thread.
 */
final class RefusalDiagnosis {
    /** Most trial writes to find an item of a bulk by bisection: enough for the largest bulk. */
    private static final int TRIALS_MAX = 16;

    private static final Logger LOG = System.getLogger(RefusalDiagnosis.class.getName());

    private final Transactions transactions;
    private final ConstraintCatalog catalog;
    private final EntityIds ids;

    RefusalDiagnosis(Transactions transactions, ConstraintCatalog catalog, EntityIds ids) {
        this.transactions = transactions;
        this.catalog = catalog;
        this.ids = ids;
    }

    /** The refusal with the fields at fault; unchanged, if they cannot be found. */
    Refusal of(QueuedMutation culprit, TransactionFailed failure, Refusal refusal) {
        SQLException error = failure.sql().orElse(null);
        if (error == null || !isAboutValues(refusal)) {
            return refusal;
        }
        String message = String.valueOf(error.getMessage());
        try {
            Finding finding = transactions.run(scope -> find(culprit, scope, failure, message));
            List<Issue> issues = finding.check()
                    .map(check -> broken(culprit, finding.items(), check, message))
                    .orElse(finding.issues());
            return issues.isEmpty() ? refusal : new Refusal(refusal.code(), sentence(issues), issues);
        } catch (RuntimeException e) { // the mutation is refused in any case
            LOG.log(Level.DEBUG, "The cause of a refusal could not be found", e);
            return refusal;
        }
    }

    private static boolean isAboutValues(Refusal refusal) {
        return refusal.code() == ErrorCode.IN_USE || refusal.code() == ErrorCode.INVALID;
    }

    private static String sentence(List<Issue> issues) {
        return issues.stream()
                .map(issue -> issue.path() + ": " + issue.message())
                .collect(Collectors.joining("; "));
    }

    /**
     * The result of the search.
     *
     * @param check the violated check constraint, whose row is found by trial writes
     */
    private record Finding(List<Issue> issues, Optional<Check> check, List<Optional<WrittenItem>> items) {
        static Finding of(List<Issue> issues) {
            return new Finding(issues, Optional.empty(), List.of());
        }
    }

    private Finding find(QueuedMutation culprit, Transactions.Scope scope, TransactionFailed failure, String message)
            throws SQLException {
        List<Optional<WrittenItem>> found = items(culprit, scope);
        List<WrittenItem> items = found.stream().flatMap(Optional::stream).toList();
        RefusedItems refused = new RefusedItems(scope.entities(), scope.connection(), catalog, items);
        if (DatabaseRefusals.isTooLarge(failure)) {
            return Finding.of(refused.tooLarge());
        }
        if (DatabaseRefusals.isMissing(failure)) {
            return Finding.of(refused.missing(message));
        }
        Named constraint = refused.constraint(message).orElse(null);
        return switch (constraint) {
            case null -> Finding.of(DatabaseRefusals.isDangling(failure) ? refused.dangling() : List.of());
            case UniqueKey key -> Finding.of(refused.taken(key));
            case ForeignKey key -> Finding.of(refused.dangling(key));
            case Check check -> new Finding(List.of(), Optional.of(check), found);
        };
    }

    /** The changes of a mutation, each with its row after the whole mutation; empty for those without a row. */
    private List<Optional<WrittenItem>> items(QueuedMutation culprit, Transactions.Scope scope) throws SQLException {
        RoomStamps stamps = RoomStamps.lock(
                WritingTransactions.opening(scope.connection(), WritingTransactions.LOCK_WAIT_MAX), culprit.rooms());
        BatchRows rows = new BatchRows(new RowRepository(scope.entities()));
        rows.lock(List.of(culprit), false);
        List<Optional<WrittenItem>> items = new ArrayList<>();
        if (new MutationEvaluator(rows, StoreHeads.none(), stamps, ids, 0).evaluate(culprit)
                instanceof Verdict.Accepted accepted) {
            for (int i = 0; i < culprit.changes().size(); i++) {
                PreparedChange change = culprit.changes().get(i);
                String path = culprit.mutation().isBulk() ? i + "." : "";
                Optional<Row> row = accepted.rows().get(i);
                items.add(row.map(found -> new WrittenItem(
                        path,
                        change.model(),
                        rows.before(change.model(), found.id()),
                        rows.find(change.model(), found.id()))));
            }
        }
        return items;
    }

    /** Finds the row that breaks a check constraint by bisection over the changes. */
    private List<Issue> broken(QueuedMutation culprit, List<Optional<WrittenItem>> items, Check check, String message) {
        List<Integer> suspects = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).flatMap(WrittenItem::after).isPresent()) {
                suspects.add(i);
            }
        }
        for (int trials = 0; suspects.size() > 1 && trials < TRIALS_MAX; trials++) {
            List<Integer> half = suspects.subList(0, suspects.size() / 2);
            suspects = breaks(culprit, half, check, message)
                    ? List.copyOf(half)
                    : List.copyOf(suspects.subList(suspects.size() / 2, suspects.size()));
        }
        return suspects.size() == 1
                ? List.of(RefusedItems.broken(items.get(suspects.getFirst()).orElseThrow(), check))
                : List.of();
    }

    /** Writes some of the changes in a separate transaction, which is rolled back. */
    private boolean breaks(QueuedMutation culprit, List<Integer> indexes, Check check, String message) {
        QueuedMutation part = new QueuedMutation(
                culprit.mutation(),
                indexes.stream().map(culprit.changes()::get).toList(),
                Optional.empty(),
                0,
                culprit.queuedAtNanos(),
                new CompletableFuture<>());
        try {
            transactions.run(scope -> {
                RoomStamps stamps = RoomStamps.lock(
                        WritingTransactions.opening(scope.connection(), WritingTransactions.LOCK_WAIT_MAX),
                        part.rooms());
                BatchRows rows = new BatchRows(new RowRepository(scope.entities()));
                rows.lock(List.of(part), false);
                new MutationEvaluator(rows, StoreHeads.none(), stamps, ids, 0).evaluate(part);
                rows.writeInSteps(scope.connection(), catalog);
                throw new TrialEnd();
            });
            return false;
        } catch (TrialEnd accepted) {
            return false;
        } catch (TransactionFailed e) {
            return e.sql()
                    .map(SQLException::getMessage)
                    .filter(text -> text.contains(check.name()) || text.equals(message))
                    .isPresent();
        }
    }

    /** Rolls a trial write back. */
    private static final class TrialEnd extends RuntimeException {
        TrialEnd() {
            super("the trial write ends", null, false, false);
        }
    }
}
