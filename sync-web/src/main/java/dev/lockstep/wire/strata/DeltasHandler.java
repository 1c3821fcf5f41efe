package dev.lockstep.wire.strata;

import dev.lockstep.access.MemberRooms;
import dev.lockstep.access.MemberRooms.Entered;
import dev.lockstep.admission.ResponseBudget;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.room.Deltas;
import dev.lockstep.wire.http.ResponseBody;
import dev.lockstep.wire.http.SharedBytes;
import dev.lockstep.wire.strata.frame.StrataAnswers;
import dev.lockstep.wire.strata.frame.StrataFrames;
import dev.lockstep.wire.strata.frame.StrataFrames.DeltaPart;
import dev.lockstep.wire.strata.request.StrataError;
import dev.lockstep.wire.strata.request.StrataRequests.DeltasAfter;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Handler of {@code deltas} (contract, section 1.3). Thread-safe; blocks on the database. */
@ApplicationScoped
class DeltasHandler {
    @Inject
    private StrataCallers callers;

    @Inject
    private MemberRooms rooms;

    @Inject
    private StrataDialect dialect;

    @Inject
    private ResponseBudget responseBudget;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    CompletionStage<ResponseBody> page(DeltasAfter wanted, Caller caller) {
        Entered entered = callers.enter(caller, wanted.groups());
        return entered.capability()
                .deltas(position(wanted.after()), wanted.actionsMax(), dialect.frames().deltaParts)
                .<ResponseBody>thenApplyAsync(
                        page -> new ResponseBody.Shared(reserved(answer(caller, wanted, page))), executor)
                .exceptionally(failure -> {
                    throw failure.getCause() instanceof SyncException refused
                                    && refused.refusal().code() == ErrorCode.BOOTSTRAP_NEEDED
                            ? StrataError.bootstrapRequired()
                            : new CompletionException(failure);
                });
    }

    private SharedBytes reserved(List<byte[]> parts) {
        return new SharedBytes(parts, responseBudget.reserve(parts));
    }

    /** A position in the log; the largest one for a number beyond it. */
    private static Seq position(BigInteger after) {
        return new Seq(after.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }

    /**
     * The page's actions. For a client that names groups, the page ends before a change of its groups: the client receives
     * the change on its socket. If it received the change here too, it would start a second subscription, and stop.
     */
    private List<byte[]> answer(Caller caller, DeltasAfter wanted, Deltas<DeltaPart> page) {
        List<byte[]> actions = new ArrayList<>();
        for (DeltaPart part : page.parts()) {
            switch (part) {
                case DeltaPart.Actions sent -> actions.add(sent.utf8());
                case DeltaPart.GroupsChanged changed -> {
                    if (wanted.groups().isPresent()) {
                        return StrataAnswers.deltas(
                                actions, false, last(wanted, changed.at().value() - 1));
                    }
                    if (!rooms.showsByGroupsAlone(caller)) {
                        throw new SyncException(
                                ErrorCode.BOOTSTRAP_NEEDED, "The rights to read have changed; bootstrap again");
                    }
                    actions.add(groups(caller, changed).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return StrataAnswers.deltas(
                actions, page.more(), last(wanted, page.last().value()));
    }

    private static BigInteger last(DeltasAfter wanted, long position) {
        return BigInteger.valueOf(position).max(wanted.after());
    }

    // The groups are resolved after the action was read, so that they are not older than the action.
    private String groups(Caller caller, DeltaPart.GroupsChanged changed) {
        List<String> groups = callers.groups(caller, new AccessContext());
        return StrataFrames.groups(
                changed.at(), changed.stampMicros(), caller.subject().orElse(""), groups);
    }
}
