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

/** Answers {@code deltas} (contract, section 1.3). Thread-safe; blocks on the database. */
@ApplicationScoped
class DeltasHandler {
    @Inject
    private StrataCallers callers;

    @Inject
    private MemberRooms rooms;

    @Inject
    private StrataDialect dialect;

    @Inject
    private ResponseBudget unread;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    CompletionStage<StrataResponse> page(DeltasAfter wanted, Caller caller) {
        Entered entered = callers.enter(caller, wanted.groups());
        return entered.capability()
                .deltas(position(wanted.after()), wanted.actionsMax(), dialect.frames().deltaParts)
                .<StrataResponse>thenApplyAsync(
                        page -> new StrataResponse.Page(held(answer(caller, wanted, page))), executor)
                .exceptionally(failure -> {
                    throw failure.getCause() instanceof SyncException refused
                                    && refused.refusal().code() == ErrorCode.BOOTSTRAP_NEEDED
                            ? StrataError.bootstrapRequired()
                            : new CompletionException(failure);
                });
    }

    private DeltaPage held(List<byte[]> parts) {
        return new DeltaPage(parts, unread.reserve(parts));
    }

    /** A place in the log; for what is beyond any, the last that there may be. */
    private static Seq position(BigInteger after) {
        return new Seq(after.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }

    /**
     * Who names groups follows them on a socket, and hears there that his have changed: his page ends before. His client
     * would begin a second subscription if it read of it here, and stop.
     */
    private List<byte[]> answer(Caller caller, DeltasAfter wanted, Deltas<DeltaPart> page) {
        List<byte[]> actions = new ArrayList<>();
        for (DeltaPart told : page.parts()) {
            switch (told) {
                case DeltaPart.Actions some -> actions.add(some.utf8());
                case DeltaPart.GroupsChanged changed -> {
                    if (wanted.groups().isPresent()) {
                        return StrataAnswers.deltas(
                                actions, false, last(wanted, changed.at().value() - 1));
                    }
                    if (!rooms.showsByGroupsAlone(caller)) {
                        throw new SyncException(ErrorCode.BOOTSTRAP_NEEDED, "What may be read has changed");
                    }
                    actions.add(groups(caller, changed).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return StrataAnswers.deltas(
                actions, page.more(), last(wanted, page.last().value()));
    }

    private static BigInteger last(DeltasAfter wanted, long told) {
        return BigInteger.valueOf(told).max(wanted.after());
    }

    // The groups are asked for once such an action has been read: those of before would be taken for those of after it.
    private String groups(Caller caller, DeltaPart.GroupsChanged changed) {
        List<String> groups = callers.groups(caller, new AccessContext());
        return StrataFrames.groups(
                changed.at(), changed.stampMicros(), caller.subject().orElse(""), groups);
    }
}
