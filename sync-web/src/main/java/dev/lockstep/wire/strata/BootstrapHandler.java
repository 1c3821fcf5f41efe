package dev.lockstep.wire.strata;

import dev.lockstep.access.Groups;
import dev.lockstep.access.MemberRooms.Entered;
import dev.lockstep.access.RoomSnapshots;
import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.wire.application.PeriodicTasks;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.strata.request.StrataError;
import dev.lockstep.wire.strata.request.StrataRequests;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/** Answers with many rows: {@code bootstrap} and {@code batch} (contract, sections 1.1 and 1.2). Thread-safe. */
@ApplicationScoped
class BootstrapHandler {
    /**
     * How often rows are read anew because their caller's groups have changed meanwhile, or because it is not known yet
     * that they have. Once more, and he is asked to come again.
     */
    private static final int READ_ANEW_MAX = 20;

    /** When they are: what another node has changed is known a quarter of a second later at most. */
    private static final Duration READ_ANEW_AFTER = Duration.ofMillis(50);

    @Inject
    private StrataDialect dialect;

    @Inject
    private StrataCallers callers;

    @Inject
    private ServedApplication application;

    @Inject
    private RoomSnapshots snapshots;

    private RoomSnapshots.Coalesced<Same, Read> bootstraps;

    @Inject
    private PeriodicTasks tasks;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @PostConstruct
    void share() {
        bootstraps = snapshots.shared(Read::shared);
    }

    CompletionStage<StrataResponse> bootstrap(StrataRequests.Bootstrap wanted, Caller caller, boolean gzip) {
        StrataRequests.Bootstrap ofNow = wanted.of(caller.subject().orElse(""));
        return bootstrap(caller, ofNow, gzip, READ_ANEW_MAX).thenApply(StrataResponse.Lines::new);
    }

    /**
     * Its client takes the groups for those of the position, and hears of later changes only. So rows are read anew, if
     * there was a change while they waited for their turn.
     */
    private CompletionStage<SpooledStream> bootstrap(
            Caller caller, StrataRequests.Bootstrap wanted, boolean gzip, int timesMax) {
        Seq known = callers.cached();
        Entered entered = callers.enter(caller, wanted.groups());
        BootstrapQuery reading =
                BootstrapQuery.bootstrap(wanted, entered.groups(), application.collections(), dialect.frames());
        Same same = new Same(wanted, entered.groups(), gzip);
        return told(bootstraps.read(
                        entered.capability(),
                        same,
                        reading.parts(),
                        read -> new Read(read.position(), reading.stream(read, gzip))))
                .thenCompose(read -> entered.capability()
                        .haveChanged(caller, known, read.position())
                        .whenComplete((changed, failure) -> {
                            if (failure != null || changed) {
                                read.stream().close();
                            }
                        })
                        .thenCompose(changed -> {
                            if (!changed) {
                                return CompletableFuture.completedStage(read.stream());
                            }
                            if (timesMax == 0) {
                                throw new SyncException(
                                        ErrorCode.UNAVAILABLE, "Your groups change all the time; ask again");
                            }
                            return CompletableFuture.supplyAsync(
                                            () -> bootstrap(caller, wanted, gzip, timesMax - 1), later())
                                    .thenCompose(again -> again);
                        }));
    }

    private Executor later() {
        return tasks.after(READ_ANEW_AFTER, executor);
    }

    private record Read(Seq position, SpooledStream stream) {
        private List<Read> shared(int readers) {
            List<Read> all = new ArrayList<>(List.of(this));
            while (all.size() < readers) {
                all.add(new Read(position, stream.share()));
            }
            return all;
        }
    }

    /** What makes one bootstrap another than the next, besides the rights to its rows. */
    private record Same(StrataRequests.Bootstrap wanted, List<String> groups, boolean gzip) {}

    CompletionStage<StrataResponse> batch(List<StrataRequests.Load> loads, Caller caller, boolean gzip) {
        Entered entered = callers.enter(caller, Optional.empty());
        Map<String, RoomId> groups =
                entered.groups().stream().collect(Collectors.toMap(name -> name, name -> Groups.room(caller, name)));
        BootstrapQuery reading = BootstrapQuery.batch(loads, groups, application.collections(), dialect.frames());
        return told(snapshots.read(
                entered.capability(),
                reading.parts(),
                BootstrapQuery.BATCH_BYTES_MAX,
                read -> new StrataResponse.Lines(reading.stream(read, gzip))));
    }

    /** Who is refused because too many read is told in the contract's words. */
    static <T> CompletionStage<T> told(CompletionStage<T> read) {
        return read.exceptionally(failure -> {
            throw failure instanceof SyncException refused && refused.refusal().code() == ErrorCode.OVERLOADED
                    ? StrataError.tooManyReaders(refused)
                    : new CompletionException(failure);
        });
    }
}
