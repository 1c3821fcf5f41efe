package dev.lockstep.wire.strata;

import dev.lockstep.access.GroupRooms.Entered;
import dev.lockstep.access.GuardedMutations;
import dev.lockstep.access.Whereabouts;
import dev.lockstep.api.AccessContext;
import dev.lockstep.api.Caller;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.room.Deltas;
import dev.lockstep.wire.ServedApplication;
import dev.lockstep.wire.strata.StrataFrames.Told;
import dev.lockstep.wire.strata.StrataRequests.DeltasAfter;
import dev.lockstep.wire.strata.StrataRequests.Transaction;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routes of the contract that answer in one piece, sections 1.3 and 1.4. */
@Path("/")
@ApplicationScoped
public class StrataResource {
    @Inject
    private StrataCallers callers;

    @Inject
    private StrataDialect dialect;

    @Inject
    private ServedApplication application;

    @Inject
    private GuardedMutations mutations;

    @Inject
    private Whereabouts whereabouts;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService executor;

    @POST
    @Path("mutate")
    public CompletionStage<Response> mutate(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
            InputStream body)
            throws IOException {
        List<Transaction> transactions = StrataRequests.mutate(StrataRequests.body(type, body));
        Caller caller = callers.caller(authorization);
        AccessContext context = new AccessContext();
        StrataBatch batch = new StrataBatch(
                caller,
                callers.groups(caller, context),
                context,
                application.collections(),
                new StrataBatch.Doors(whereabouts::of, mutations::submit, executor));
        // Never on the thread that completes it: that one delivers to everybody, and a reader's slowness would stop it.
        return batch.run(transactions)
                .thenApplyAsync(outcomes -> ok(StrataFrames.mutated(outcomes)), executor);
    }

    @GET
    @Path("deltas")
    public CompletionStage<Response> deltas(
            @Context UriInfo uri, @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization) {
        DeltasAfter wanted = StrataRequests.deltas(uri.getQueryParameters());
        Caller caller = callers.caller(authorization);
        Entered entered = callers.enter(caller, wanted.groups());
        return entered.rights()
                .deltas(position(wanted.after()), wanted.actionsMax(), dialect.frames()::told)
                .thenApplyAsync(page -> ok(answer(caller, wanted, page)), executor)
                .exceptionally(failure -> {
                    throw failure instanceof CompletionException
                                    && failure.getCause() instanceof SyncException refused
                                    && refused.refusal().code() == ErrorCode.BOOTSTRAP_NEEDED
                            ? StrataRefused.bootstrapRequired()
                            : new CompletionException(failure);
                });
    }

    /** A place in the log; for what is beyond any, the last that there may be. */
    private static Seq position(BigInteger after) {
        return new Seq(after.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }

    /**
     * Who names groups follows them on a socket, and hears there that his have changed: his page ends before. His client
     * would begin a second subscription if it read of it here, and stop.
     */
    private String answer(Caller caller, DeltasAfter wanted, Deltas<Told> page) {
        List<Told> told = page.commits().stream()
                .takeWhile(commit -> wanted.groups().isEmpty() || !commit.changesGroups())
                .toList();
        boolean whole = told.size() == page.commits().size();
        long last = whole
                ? page.last().value()
                : page.commits().get(told.size()).first().value() - 1;
        List<String> actions =
                told.stream().flatMap(commit -> actions(caller, commit)).toList();
        return StrataFrames.deltas(
                actions, whole && page.more(), BigInteger.valueOf(last).max(wanted.after()));
    }

    // The groups are asked for once such an action has been read: those of before would be taken for those of after it.
    private Stream<String> actions(Caller caller, Told commit) {
        if (!commit.changesGroups()) {
            return commit.actions().stream();
        }
        List<String> groups = List.copyOf(callers.groups(caller, new AccessContext()));
        String user = caller.subject().orElse("");
        return Stream.of(StrataFrames.groups(commit.first(), commit.stampMicros(), user, groups));
    }

    private static Response ok(String json) {
        return Response.ok(json.getBytes(StandardCharsets.UTF_8), StrataErrors.JSON)
                .build();
    }
}
