package dev.lockstep.wire.strata;

import dev.lockstep.access.RepeatedMutations;
import dev.lockstep.access.routing.RowRouting;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.http.ResponseBody;
import dev.lockstep.wire.strata.frame.StrataAnswers;
import dev.lockstep.wire.strata.request.StrataError;
import dev.lockstep.wire.strata.request.StrataRequests.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Handler of {@code mutate} (contract, section 1.4). Thread-safe; blocks on the database. */
@ApplicationScoped
class MutateHandler {
    @Inject
    private StrataCallers callers;

    @Inject
    private ServedApplication application;

    @Inject
    private RowRouting routing;

    @Inject
    private StrataReconnects reconnects;

    @Inject
    private RepeatedMutations repeats;

    /**
     * Executes the transactions. The stage completes on the publisher thread.
     *
     * @param isCut whether the request has more transactions than were read
     */
    CompletionStage<ResponseBody> mutate(List<Transaction> transactions, boolean isCut, Caller caller) {
        return answered(transactions, caller).whenComplete((answer, failure) -> {
            if (failure == null) {
                reconnects.answered(caller, transactions);
                if (isCut) {
                    reconnects.partlyRead(caller);
                }
            } else if (StrataError.isRetried(failure)) {
                reconnects.refused(caller, transactions);
            }
        });
    }

    private CompletionStage<ResponseBody> answered(List<Transaction> transactions, Caller caller) {
        try {
            reconnects.requireAllowed(caller, transactions);
            return execute(transactions, caller);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletionStage<ResponseBody> execute(List<Transaction> transactions, Caller caller) {
        AccessContext context = new AccessContext();
        MutateTransactions batch = new MutateTransactions(
                caller,
                callers.groups(caller, context),
                context,
                application.collections(),
                new MutateTransactions.Ports(routing.ofRequest(), ids -> repeats.storedOutcomes(caller, ids)));
        return batch.run(transactions).thenApply(outcomes -> new ResponseBody.Json(StrataAnswers.mutated(outcomes)));
    }
}
