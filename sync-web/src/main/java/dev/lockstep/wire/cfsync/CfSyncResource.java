package dev.lockstep.wire.cfsync;

import dev.lockstep.access.GuardedCollections;
import dev.lockstep.access.GuardedMutations;
import dev.lockstep.access.ListRequest;
import dev.lockstep.api.Caller;
import dev.lockstep.api.CollectionName;
import dev.lockstep.api.ErrorCode;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.RoomId;
import dev.lockstep.api.SyncException;
import dev.lockstep.collection.CollectionModel;
import dev.lockstep.snapshot.Snapshot;
import dev.lockstep.wire.PathNames;
import dev.lockstep.wire.PlainJson;
import dev.lockstep.wire.ServedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The routes of the contract, section 1.1. Bodies become mutations, answers become JSON; nothing is decided here. */
@Path("/")
@ApplicationScoped
public class CfSyncResource {
    private static final String COLLECTION = "{room}/{collection}";
    private static final String BULK = COLLECTION + "/bulk";
    private static final String ROW = COLLECTION + "/{id}";

    @Inject
    private GuardedCollections collections;

    @Inject
    private GuardedMutations mutations;

    @Inject
    private ServedApplication application;

    @Inject
    private InstantSource clock;

    /** What a path names. */
    private record Target(RoomId room, CollectionModel model, String row) {}

    @GET
    @Path("health")
    public Response health() {
        return ok(CfSyncAnswers.health(
                clock.instant(),
                application.collections().stream().map(CollectionModel::name).toList()));
    }

    @GET
    @Path(COLLECTION)
    public CompletionStage<Response> list(@Context UriInfo uri) {
        Target target = target(uri);
        Optional<String> scope =
                Optional.ofNullable(uri.getQueryParameters().getFirst("scope")).filter(name -> !name.isEmpty());
        return collections
                .list(new ListRequest(caller(), target.room(), target.model(), scope, CfSyncAnswers.ROW_SEPARATOR))
                .thenApply(snapshot -> list(target.model().name(), snapshot));
    }

    @POST
    @Path(COLLECTION)
    public CompletionStage<Response> insert(
            @Context UriInfo uri, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type, InputStream body) {
        Target target = target(uri);
        return submit(requests(target).insert(json(type, body)));
    }

    @PUT
    @Path(ROW)
    public CompletionStage<Response> update(
            @Context UriInfo uri, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type, InputStream body) {
        Target target = target(uri);
        return submit(requests(target).update(target.row(), json(type, body)));
    }

    @DELETE
    @Path(ROW)
    public CompletionStage<Response> delete(@Context UriInfo uri) {
        Target target = target(uri);
        Map<String, @Nullable Object> query = new LinkedHashMap<>();
        uri.getQueryParameters().forEach((key, values) -> query.put(key, values.getFirst()));
        return submit(requests(target).delete(target.row(), query));
    }

    @POST
    @Path(BULK)
    public CompletionStage<Response> bulkInsert(
            @Context UriInfo uri, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type, InputStream body) {
        return submit(requests(target(uri)).bulkInsert(json(type, body)));
    }

    @PUT
    @Path(BULK)
    public CompletionStage<Response> bulkUpdate(
            @Context UriInfo uri, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type, InputStream body) {
        return submit(requests(target(uri)).bulkUpdate(json(type, body)));
    }

    /** A DELETE with a body: unusual, and what the contract asks for. */
    @DELETE
    @Path(BULK)
    public CompletionStage<Response> bulkDelete(
            @Context UriInfo uri, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type, InputStream body) {
        return submit(requests(target(uri)).bulkDelete(json(type, body)));
    }

    private CompletionStage<Response> submit(Mutation mutation) {
        return mutations.submit(mutation).thenApply(result -> switch (result) {
            case MutationResult.Applied applied -> ok(CfSyncAnswers.applied(mutation.operation(), applied));
            case MutationResult.Refused refused -> CfSyncErrors.response(refused.refusal());
        });
    }

    private CfSyncRequests requests(Target target) {
        return new CfSyncRequests(caller(), target.room(), target.model().name());
    }

    private Caller caller() {
        return Caller.anonymous(application.name());
    }

    private Target target(UriInfo uri) {
        List<String> names = PathNames.below(uri.getBaseUri(), uri.getRequestUri());
        if (names.size() < 2 || names.getLast().isEmpty()) {
            throw new NotFoundException();
        }
        return new Target(application.room(names.get(0)), model(names.get(1)), names.getLast());
    }

    private CollectionModel model(String name) {
        return application.collections().stream()
                .filter(model -> model.name().value().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new SyncException(ErrorCode.UNKNOWN_COLLECTION, "Collection '" + name + "' not found"));
    }

    private static @Nullable Object json(@Nullable String contentType, InputStream body) {
        if (contentType == null || !MediaType.valueOf(contentType).isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
            throw new SyncException(ErrorCode.MALFORMED, "The body must be JSON: send it as application/json");
        }
        return PlainJson.read(body);
    }

    /** The server closes the stream, and the snapshot with it, when the answer has left or its reader has. */
    private static Response list(CollectionName collection, Snapshot snapshot) {
        byte[] start = CfSyncAnswers.listStart(collection).getBytes(StandardCharsets.UTF_8);
        byte[] end = CfSyncAnswers.LIST_END.getBytes(StandardCharsets.UTF_8);
        InputStream body = new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(start), snapshot.rows().read(), new ByteArrayInputStream(end))));
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header(
                        HttpHeaders.CONTENT_LENGTH,
                        start.length + snapshot.rows().size() + end.length)
                .build();
    }

    private static Response ok(String json) {
        return Response.ok(json.getBytes(StandardCharsets.UTF_8), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
