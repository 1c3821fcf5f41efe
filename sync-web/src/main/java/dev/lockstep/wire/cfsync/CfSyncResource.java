package dev.lockstep.wire.cfsync;

import dev.lockstep.access.CatchupRequest;
import dev.lockstep.access.GuardedCollections;
import dev.lockstep.access.GuardedMutations;
import dev.lockstep.access.ListRequest;
import dev.lockstep.access.RowsRequest;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.Seq;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.collection.row.ListQuery;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.room.ResponseBarrier;
import dev.lockstep.snapshot.ListVersion;
import dev.lockstep.wire.application.ServedApplication;
import dev.lockstep.wire.cfsync.CfSyncRequests.Conventions;
import dev.lockstep.wire.cfsync.request.MixedChanges;
import dev.lockstep.wire.http.PathNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** REST routes of the contract, section 1.1. They convert bodies to mutations and results to JSON, and decide nothing. */
@Path("/")
@ApplicationScoped
public class CfSyncResource {
    /** The last segment of the path for changes of several collections, unless a collection has this name. */
    private static final String MUTATIONS = "mutations";

    private static final String ONE = "{room}";
    private static final String TWO = "{room}/{collection}";
    private static final String THREE = "{room}/{collection}/{row}";

    private final CfSyncLists lists = new CfSyncLists();

    @Inject
    private GuardedCollections collections;

    @Inject
    private GuardedMutations mutations;

    @Inject
    private ServedApplication application;

    @Inject
    private ClientGenerations generations;

    @Inject
    private RepeatedInserts repeats;

    @Inject
    private CfSyncSettings settings;

    @Inject
    private ApplicationDescription description;

    @Inject
    private InstantSource clock;

    @Inject
    private ResponseBarrier responseBarrier;

    @Inject
    private EngineExecutor executor;

    /** The names in a path, and their collection. */
    private record Target(CfSyncPath path, CollectionModel model) {
        String row() {
            return path.row().orElseThrow(NotFoundException::new);
        }
    }

    @GET
    @Path("health")
    public Response health() {
        return ok(CfSyncAnswers.health(
                clock.instant(),
                settings.healthCollections()
                        ? Optional.of(application.collections().stream()
                                .map(CollectionModel::name)
                                .sorted(Comparator.comparing(CollectionName::value))
                                .toList())
                        : Optional.empty()));
    }

    /**
     * The OpenAPI document of the application. It shows the names and types of all fields, so it is off by default.
     *
     * @param applications {@code all} for one document of all applications of the deployment
     */
    @GET
    @Path("openapi")
    public Response openApi(@Context UriInfo uri, @QueryParam("applications") @Nullable String applications) {
        if (!settings.openApi()) {
            throw new NotFoundException();
        }
        if ("all".equals(applications)) {
            return ok(description.ofAll());
        }
        String path = uri.getBaseUri().getPath();
        return ok(description.ofApplication(path.substring(0, path.length() - 1)));
    }

    @GET
    @Path(TWO)
    public CompletionStage<Response> list(
            @Context UriInfo uri, @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String seen) {
        Target target = target(uri);
        RoomId room = application.room(target.path().room().orElseGet(target::row));
        try {
            return list(uri, target, room, seen);
        } catch (SyncException invalid) {
            // Access is decided first: a caller without it learns nothing of the collection's fields.
            return collections
                    .rows(new RowsRequest(caller(), room, target.model(), List.of()))
                    .thenCompose(none -> CompletableFuture.failedStage(invalid));
        }
    }

    private CompletionStage<Response> list(UriInfo uri, Target target, RoomId room, @Nullable String seen) {
        Map<String, @Nullable Object> query = query(uri);
        Optional<String> scope = CfSyncRequests.scope(query);
        OptionalLong cursor = ListParameters.cursor(query);
        if (cursor.isPresent()) {
            Seq since = new Seq(cursor.getAsLong());
            return collections
                    .catchUp(new CatchupRequest(
                                    caller(), room, target.model(), scope, since, CfSyncAnswers.ROW_SEPARATOR)
                            .filteredBy(ListParameters.filter(target.model(), query)))
                    .thenApply(listChanges ->
                            listChanges.rows().handedTo(rows -> CfSyncLists.changes(target.model(), listChanges)));
        }
        ListQuery wanted = ListParameters.query(target.model(), query);
        Optional<ListVersion> version = lists.version(seen);
        return collections
                .list(new ListRequest(caller(), room, target.model(), wanted, version, CfSyncAnswers.ROW_SEPARATOR))
                .thenApply(snapshot -> !snapshot.ofOneCaller() && version.equals(Optional.of(snapshot.version()))
                        ? lists.notModified(snapshot)
                        : snapshot.rows().handedTo(rows -> lists.list(uri, target.model(), wanted, snapshot)));
    }

    @POST
    @Path(ONE)
    public CompletionStage<Response> insertOlder(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        Target target = older(uri);
        return submit(target, uri, CfSyncBody.read(headers, body), CfSyncRequests::insert);
    }

    @POST
    @Path(TWO)
    public CompletionStage<Response> insert(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        List<String> names = names(uri);
        if (names.getLast().equals(MUTATIONS) && find(MUTATIONS).isEmpty()) {
            return mutate(application.room(names.getFirst()), CfSyncBody.read(headers, body));
        }
        Target target = target(uri);
        if (target.path().row().isEmpty()) {
            return submit(target, uri, CfSyncBody.read(headers, body), CfSyncRequests::insert);
        }
        if (target.path().isBulk()) {
            return submit(target, uri, CfSyncBody.read(headers, body), CfSyncRequests::bulkInsert);
        }
        throw new NotFoundException();
    }

    @PUT
    @Path(TWO)
    public CompletionStage<Response> updateOlder(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        return update(older(uri), uri, CfSyncBody.read(headers, body));
    }

    @DELETE
    @Path(TWO)
    public CompletionStage<Response> deleteOlder(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        return delete(older(uri), uri, headers, body);
    }

    @POST
    @Path(THREE)
    public CompletionStage<Response> bulkInsert(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        Target target = target(uri);
        if (!target.path().isBulk()) {
            throw new NotFoundException();
        }
        return submit(target, uri, CfSyncBody.read(headers, body), CfSyncRequests::bulkInsert);
    }

    @PUT
    @Path(THREE)
    public CompletionStage<Response> update(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        return update(target(uri), uri, CfSyncBody.read(headers, body));
    }

    @DELETE
    @Path(THREE)
    public CompletionStage<Response> delete(@Context UriInfo uri, @Context HttpHeaders headers, InputStream body) {
        return delete(target(uri), uri, headers, body);
    }

    /** Changes of several collections and kinds, all or none. */
    private CompletionStage<Response> mutate(RoomId room, @Nullable Object body) {
        Mutation mutation = MixedChanges.read(
                caller(), room, body, settings.bulkRowsMax(), name -> find(name).map(CollectionModel::name));
        return mutations
                .submit(mutation)
                .thenApplyAsync(
                        result -> switch (result) {
                            case MutationResult.Applied applied -> written(mutation, applied);
                            case MutationResult.Refused refused -> CfSyncErrors.response(refused.refusal());
                        },
                        responseBarrier.on(executor));
    }

    private CompletionStage<Response> update(Target target, UriInfo uri, @Nullable Object body) {
        return target.path().isBulk()
                ? submit(target, uri, body, CfSyncRequests::bulkUpdate)
                : submit(target, uri, body, (requests, fields) -> requests.update(target.row(), fields));
    }

    /** Deletes a row, or as a bulk the rows in the body. The contract requires a DELETE with a body. */
    private CompletionStage<Response> delete(Target target, UriInfo uri, HttpHeaders headers, InputStream body) {
        Map<String, @Nullable Object> query = query(uri);
        return target.path().isBulk()
                ? submit(target, uri, CfSyncBody.read(headers, body), CfSyncRequests::bulkDelete)
                : submit(target, uri, query, (requests, none) -> requests.delete(target.row(), query));
    }

    private CompletionStage<Response> submit(
            Target target,
            UriInfo uri,
            @Nullable Object body,
            BiFunction<CfSyncRequests, @Nullable Object, Mutation> request) {
        Map<String, @Nullable Object> query = query(uri);
        RoomId room = application.room(target.path()
                .room()
                .or(() -> CfSyncRequests.room(body))
                .or(() -> CfSyncRequests.room(query))
                .orElse(CfSyncPath.OLDER_ROOM));
        Caller caller = caller();
        boolean isCurrent = generations.isCurrent(room, caller, body);
        Function<Boolean, Mutation> reader = current -> request.apply(
                new CfSyncRequests(
                        caller,
                        room,
                        target.model().name(),
                        settings.bulkRowsMax(),
                        new Conventions(
                                CfSyncRequests.scope(query),
                                !current,
                                target.model().keepsSentIds(),
                                target.model()::canHave)),
                body);
        Mutation mutation = reader.apply(isCurrent);
        // Not on the completing thread: the publisher delivers to all rooms, and a slow reader would block it. Not on
        // the server's executor either: an application may block its threads.
        return mutations
                .submit(mutation)
                .thenComposeAsync(
                        result -> switch (result) {
                            case MutationResult.Applied applied ->
                                CompletableFuture.completedStage(answer(target, mutation, applied, isCurrent));
                            case MutationResult.Refused refused ->
                                repeats.of(mutation, target.model(), body, refused.refusal())
                                        .thenCompose(existing -> existing.map(rows ->
                                                        CompletableFuture.completedStage(written(mutation, rows)))
                                                .orElseGet(
                                                        () -> refused.refusal().code() == ErrorCode.REUSED
                                                                ? repeated(target, reader, isCurrent, refused)
                                                                : CompletableFuture.completedStage(
                                                                        refused(target, refused.refusal()))));
                        },
                        responseBarrier.on(executor));
    }

    /**
     * The answer to a request whose mutation id was used for another one. It may be a repeat of a request that was read as
     * one of the other generation, before its client's first ping or after the loss of its socket (CFS23). Then it has the
     * first result.
     */
    private CompletionStage<Response> repeated(
            Target target, Function<Boolean, Mutation> reader, boolean isCurrent, MutationResult.Refused refused) {
        Mutation other = reader.apply(!isCurrent);
        return mutations
                .submit(other)
                .thenApplyAsync(
                        result -> result instanceof MutationResult.Applied applied && applied.repeated()
                                ? answer(target, other, applied, isCurrent)
                                : refused(target, refused.refusal()),
                        responseBarrier.on(executor));
    }

    private static Response answer(
            Target target, Mutation mutation, MutationResult.Applied applied, boolean isCurrent) {
        return isCurrent && CfSyncAnswers.foundNoRow(mutation.operation(), applied)
                ? CfSyncErrors.response(new Refusal(
                        ErrorCode.NOT_FOUND,
                        "There is no such row in '" + target.model().name() + "'; read the list again"))
                : written(mutation, applied);
    }

    /** The answer to a write, with its position in the log; without one, if it changed nothing. */
    private static Response written(Mutation mutation, MutationResult.Applied applied) {
        Response answer = ok(CfSyncAnswers.applied(mutation, applied));
        return applied.last().isAfter(Seq.START)
                ? Response.fromResponse(answer)
                        .header(CfSyncLists.POSITION, applied.last().value())
                        .build()
                : answer;
    }

    private static Response refused(Target target, Refusal refusal) {
        Response answer = CfSyncErrors.response(refusal);
        return refusal.code() == ErrorCode.NOT_SUPPORTED
                ? Response.fromResponse(answer)
                        .header(
                                HttpHeaders.ALLOW,
                                target.path().methods(target.model().operations()))
                        .build()
                : answer;
    }

    private Caller caller() {
        return application.caller();
    }

    private Target target(UriInfo uri) {
        CfSyncPath path = CfSyncPath.of(names(uri), name -> find(name).isPresent());
        return new Target(
                path,
                find(path.collection())
                        .orElseThrow(() -> new SyncException(
                                ErrorCode.UNKNOWN_COLLECTION, "Collection '" + path.collection() + "' not found")));
    }

    /** The target of a path that the current layout has no route for. */
    private Target older(UriInfo uri) {
        CfSyncPath path = CfSyncPath.older(names(uri));
        return new Target(path, find(path.collection()).orElseThrow(NotFoundException::new));
    }

    private static List<String> names(UriInfo uri) {
        List<String> names = PathNames.below(uri.getBaseUri(), uri.getRequestUri());
        if (names.getLast().isEmpty()) {
            throw new NotFoundException();
        }
        return names;
    }

    private Optional<CollectionModel> find(String name) {
        return application.collections().stream()
                .filter(model -> model.name().value().equals(name))
                .findFirst();
    }

    private static Map<String, @Nullable Object> query(UriInfo uri) {
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        uri.getQueryParameters().forEach((key, values) -> query.put(key, values.getFirst()));
        return query;
    }

    private static Response ok(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        StreamingOutput body = out -> {
            out.write(bytes);
            out.flush(); // sends the answer now, before its frames, and not at the end of the request
        };
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, bytes.length)
                .build();
    }
}
