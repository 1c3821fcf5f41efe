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
import dev.lockstep.wire.http.ResponseBody;
import dev.lockstep.wire.http.SpooledStream;
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

/** Handler of {@code bootstrap} and {@code batch} (contract, sections 1.1 and 1.2). Thread-safe. */
@ApplicationScoped
class BootstrapHandler {
    /**
     * Most repeated reads because the caller's groups changed meanwhile, or because a change may not be known yet. After them
     * the request is refused as retryable.
     */
    private static final int REPEATS_MAX = 20;

    /** Pause before a repeated read. Changes of another node are known after at most a quarter of a second. */
    private static final Duration REPEAT_PAUSE = Duration.ofMillis(50);

    @Inject
    private StrataDialect dialect;

    @Inject
    private StrataCallers callers;

    @Inject
    private ServedApplication application;

    @Inject
    private RoomSnapshots snapshots;

    private RoomSnapshots.Coalesced<BootstrapKey, Read> bootstraps;

    @Inject
    private PeriodicTasks tasks;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @PostConstruct
    void share() {
        bootstraps = snapshots.shared(Read::shared);
    }

    CompletionStage<ResponseBody> bootstrap(StrataRequests.Bootstrap wanted, Caller caller, boolean gzip) {
        StrataRequests.Bootstrap ofUser = wanted.of(caller.subject().orElse(""));
        return bootstrap(caller, ofUser, gzip, REPEATS_MAX).thenApply(ResponseBody.Lines::new);
    }

    /**
     * Reads a bootstrap. Its groups must be those of its position, because the client receives only later changes. So the
     * read is repeated if the groups changed while it was queued.
     */
    private CompletionStage<SpooledStream> bootstrap(
            Caller caller, StrataRequests.Bootstrap wanted, boolean gzip, int repeatsLeft) {
        Seq known = callers.cached();
        Entered entered = callers.enter(caller, wanted.groups());
        BootstrapQuery query =
                BootstrapQuery.bootstrap(wanted, entered.groups(), application.collections(), dialect.frames());
        BootstrapKey key = new BootstrapKey(wanted, entered.groups(), gzip);
        return withContractErrors(bootstraps.read(
                        entered.capability(),
                        key,
                        query.parts(),
                        read -> new Read(read.position(), query.stream(read, gzip))))
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
                            if (repeatsLeft == 0) {
                                throw new SyncException(
                                        ErrorCode.UNAVAILABLE, "Your groups change too often; send the request again");
                            }
                            return CompletableFuture.supplyAsync(
                                            () -> bootstrap(caller, wanted, gzip, repeatsLeft - 1), later())
                                    .thenCompose(again -> again);
                        }));
    }

    private Executor later() {
        return tasks.after(REPEAT_PAUSE, executor);
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

    /** Identity of a shared bootstrap, besides the rights to its rows. */
    private record BootstrapKey(StrataRequests.Bootstrap wanted, List<String> groups, boolean gzip) {}

    CompletionStage<ResponseBody> batch(List<StrataRequests.Load> loads, Caller caller, boolean gzip) {
        Entered entered = callers.enter(caller, Optional.empty());
        Map<String, RoomId> groups =
                entered.groups().stream().collect(Collectors.toMap(name -> name, name -> Groups.room(caller, name)));
        BootstrapQuery query = BootstrapQuery.batch(loads, groups, application.collections(), dialect.frames());
        return withContractErrors(snapshots.read(
                entered.capability(),
                query.parts(),
                BootstrapQuery.BATCH_BYTES_MAX,
                read -> new ResponseBody.Lines(query.stream(read, gzip))));
    }

    /** Maps the refusal of an overloaded server to the error of the contract. */
    static <T> CompletionStage<T> withContractErrors(CompletionStage<T> read) {
        return read.exceptionally(failure -> {
            throw failure instanceof SyncException refused && refused.refusal().code() == ErrorCode.OVERLOADED
                    ? StrataError.tooManyReaders(refused)
                    : new CompletionException(failure);
        });
    }
}
